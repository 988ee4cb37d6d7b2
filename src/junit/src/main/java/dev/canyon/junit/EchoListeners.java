package dev.canyon.junit;

import dev.canyon.engine.EchoTransport;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Listeners for the tests of a class, which send back what they receive unless another {@link Answer} is given:
 *
 * <pre>{@code
 * @RegisterExtension
 * static final EchoListeners echo = EchoListeners.withTcp("backend").andUdp("syslog").andTls("secure");
 *
 * @Test
 * void retriesOnTimeout() {
 *     echo.tcp("backend").fault(latency(ofMillis(200)).first(1));
 *     client.connect(echo.tcp("backend").address());
 *     ...
 *     echo.tcp("backend").awaitReceived("PING", ofSeconds(5));
 * }
 * }</pre>
 *
 * <p>In a static field, the listeners are open for all tests of the class, including nested ones. Each test begins without faults and
 * with nothing received; connections stay open. In an instance field, each test has listeners of its own, which tests of a
 * class need that run concurrently. Test classes may run concurrently in any case.
 *
 * <p>The last events of the listeners are printed on standard error if a test fails.
 */
public final class EchoListeners
        implements BeforeAllCallback, AfterAllCallback, BeforeEachCallback, AfterEachCallback, ParameterResolver {

    private final Map<String, EchoListener> listeners = new LinkedHashMap<>();

    /** Test classes that use the listeners now: a class and its nested classes. */
    private int classes;

    private EchoListeners() {}

    /** A TCP listener that sends back what it receives. */
    public static EchoListeners withTcp(String name) {
        return new EchoListeners().andTcp(name);
    }

    public static EchoListeners withTcp(String name, Answer answer) {
        return new EchoListeners().andTcp(name, answer);
    }

    /** A UDP listener that sends back what it receives. */
    public static EchoListeners withUdp(String name) {
        return new EchoListeners().andUdp(name);
    }

    public static EchoListeners withUdp(String name, Answer answer) {
        return new EchoListeners().andUdp(name, answer);
    }

    /** A TCP listener with TLS that sends back what it receives. */
    public static EchoListeners withTls(String name) {
        return new EchoListeners().andTls(name);
    }

    public static EchoListeners withTls(String name, Answer answer) {
        return new EchoListeners().andTls(name, answer);
    }

    /** Adds a TCP listener that sends back what it receives. */
    public EchoListeners andTcp(String name) {
        return andTcp(name, Answer.echo());
    }

    public EchoListeners andTcp(String name, Answer answer) {
        return add(new TcpListener(name, answer));
    }

    /** Adds a UDP listener that sends back what it receives. */
    public EchoListeners andUdp(String name) {
        return andUdp(name, Answer.echo());
    }

    public EchoListeners andUdp(String name, Answer answer) {
        return add(new UdpListener(name, answer));
    }

    /** Adds a TCP listener with TLS that sends back what it receives. */
    public EchoListeners andTls(String name) {
        return andTls(name, Answer.echo());
    }

    public EchoListeners andTls(String name, Answer answer) {
        return add(new TlsListener(name, answer));
    }

    private EchoListeners add(EchoListener listener) {
        if (listeners.putIfAbsent(listener.name(), listener) != null) {
            throw new IllegalArgumentException("there are two listeners '" + listener.name() + "'");
        }
        return this;
    }

    /**
     * A TCP listener, with or without TLS.
     *
     * @throws IllegalArgumentException if there is none of this name
     */
    public TcpListener tcp(String name) {
        return get(name, TcpListener.class);
    }

    /** @throws IllegalArgumentException if there is none of this name */
    public UdpListener udp(String name) {
        return get(name, UdpListener.class);
    }

    /** @throws IllegalArgumentException if there is none of this name */
    public TlsListener tls(String name) {
        return get(name, TlsListener.class);
    }

    private <T extends EchoListener> T get(String name, Class<T> type) {
        EchoListener listener = listeners.get(name);
        if (!type.isInstance(listener)) {
            throw new IllegalArgumentException(
                    "there is no " + type.getSimpleName() + " '" + name + "'; listeners: " + listeners.values());
        }
        return type.cast(listener);
    }

    @Override
    public synchronized void beforeAll(ExtensionContext context) {
        if (classes++ == 0) {
            open(context);
        }
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        if (isPerTest()) {
            open(context);
        } else {
            listeners.values().forEach(EchoListener::begin);
        }
    }

    @Override
    public void afterEach(ExtensionContext context) {
        printIfFailed(context);
        if (isPerTest()) {
            close();
        } else {
            Cleanup.each(listeners.values(), EchoListener::endFaults);
        }
    }

    @Override
    public synchronized void afterAll(ExtensionContext context) {
        if (--classes == 0) {
            close();
        }
    }

    /** An extension in an instance field is not called before all tests. */
    private synchronized boolean isPerTest() {
        return classes == 0;
    }

    private void open(ExtensionContext context) {
        EchoTransport transport = SharedTransport.of(context);
        try {
            listeners.values().forEach(listener -> listener.open(transport));
        } catch (RuntimeException ex) {
            close();
            throw ex;
        }
    }

    private void close() {
        Cleanup.each(listeners.values().stream().filter(EchoListener::isOpen).toList(), EchoListener::close);
    }

    private void printIfFailed(ExtensionContext context) {
        if (context.getExecutionException().isPresent()) {
            StringBuilder report =
                    new StringBuilder("Listeners in the failed test " + context.getDisplayName() + ":\n");
            listeners
                    .values()
                    .forEach(listener -> report.append(listener).append('\n').append(listener.events()));
            System.err.print(report);
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return find(parameter) != null;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        EchoListener listener = find(parameter);
        if (listener == null) {
            throw new ParameterResolutionException("no listener for " + parameter);
        }
        return isAddress(parameter) ? listener.address() : listener;
    }

    /** @return null if the parameter stands for no listener of this extension */
    private @Nullable EchoListener find(ParameterContext parameter) {
        Class<?> type = parameter.getParameter().getType();
        String name =
                parameter.findAnnotation(Listener.class).map(Listener::value).orElse(null);
        if (name != null) {
            EchoListener named = listeners.get(name);
            return isAddress(parameter) || type.isInstance(named) ? named : null;
        }
        if (!EchoListener.class.isAssignableFrom(type)) {
            return null;
        }
        List<EchoListener> ofType = new ArrayList<>(listeners.values());
        ofType.removeIf(listener -> listener.getClass() != type);
        return ofType.size() == 1 ? ofType.get(0) : null;
    }

    private static boolean isAddress(ParameterContext parameter) {
        return parameter.getParameter().getType() == InetSocketAddress.class;
    }
}
