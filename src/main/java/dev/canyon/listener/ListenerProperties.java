package dev.canyon.listener;

import dev.canyon.transport.Protocol;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How listeners are set up.
 *
 * @param transport how sockets are reached: auto (epoll where it loads, else NIO), epoll, io-uring or nio
 * @param defaultHost where a listener listens that names no host
 * @param defaultListeners whether {@code echo-tcp} and {@code echo-udp} are declared when nothing else is
 * @param listeners listeners that are declared here: opened at start, and changed only here
 */
@ConfigurationProperties("canyon")
public record ListenerProperties(
        @DefaultValue("auto") TransportChoice transport,
        @DefaultValue("127.0.0.1") String defaultHost,
        @DefaultValue("true") boolean defaultListeners,
        @Nullable List<DeclaredListener> listeners) {

    private static final int DEFAULT_PORT = 7007;

    /** The transport asked for; auto leaves the choice to Canyon. */
    public enum TransportChoice {
        AUTO,
        EPOLL,
        IO_URING,
        NIO
    }

    /** @throws IllegalArgumentException names the property at fault */
    List<ListenerDefinition> declared() {
        if (listeners == null) {
            return defaultListeners
                    ? List.of(
                            DeclaredListener.withDefaults("echo-tcp", Protocol.TCP, DEFAULT_PORT)
                                    .toDefinition("canyon.default-listeners", defaultHost),
                            DeclaredListener.withDefaults("echo-udp", Protocol.UDP, DEFAULT_PORT)
                                    .toDefinition("canyon.default-listeners", defaultHost))
                    : List.of();
        }
        return IntStream.range(0, listeners.size())
                .mapToObj(i -> listeners.get(i).toDefinition("canyon.listeners[" + i + "]", defaultHost))
                .toList();
    }
}
