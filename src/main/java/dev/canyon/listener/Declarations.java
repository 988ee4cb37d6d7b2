package dev.canyon.listener;

import dev.canyon.settings.CanyonProperties;
import dev.canyon.settings.DeclaredListener;
import dev.canyon.transport.Cidr;
import dev.canyon.transport.EndpointSpec;
import dev.canyon.transport.ListenAddress;
import dev.canyon.transport.Protocol;
import dev.canyon.transport.ProtocolSettings;
import dev.canyon.transport.TcpSettings;
import dev.canyon.transport.UdpSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The listeners that the configuration declares. */
final class Declarations {

    private static final int DEFAULT_PORT = 7007;

    private final String defaultHost;
    private final List<String> faults = new ArrayList<>();
    private final Map<String, ListenerDefinition> definitions = new LinkedHashMap<>();

    private Declarations(String defaultHost) {
        this.defaultHost = defaultHost;
    }

    /**
     * What is declared; two listeners if nothing is and nobody minds.
     *
     * @throws InvalidDeclarationException names every property at fault
     */
    static List<ListenerDefinition> in(CanyonProperties properties) {
        Declarations declarations = new Declarations(properties.defaultHost());
        if (properties.listeners() != null) {
            declarations.addAll(properties.listeners());
        } else if (properties.defaultListeners()) {
            declarations.add("echo-tcp", TcpSettings.defaults());
            declarations.add("echo-udp", UdpSettings.defaults());
        }
        return declarations.checked();
    }

    private void add(String name, ProtocolSettings settings) {
        EndpointSpec endpoint = new EndpointSpec(
                new ListenAddress(defaultHost, DEFAULT_PORT), EndpointSpec.DEFAULT_BUFFER_BYTES, List.of(), settings);
        definitions.put(
                name,
                new ListenerDefinition(name, endpoint, true, "", Map.of(), ListenerDefinition.DEFAULT_DRAIN_TIMEOUT));
    }

    private void addAll(List<DeclaredListener> declared) {
        for (int i = 0; i < declared.size(); i++) {
            String property = "canyon.listeners[" + i + "].";
            try {
                ListenerDefinition definition = definition(declared.get(i));
                if (definitions.put(definition.name(), definition) != null) {
                    faults.add(property + "name: '" + definition.name() + "' is declared twice");
                }
            } catch (IllegalArgumentException ex) {
                faults.add(property + ex.getMessage());
            }
        }
    }

    private List<ListenerDefinition> checked() {
        if (!faults.isEmpty()) {
            throw new InvalidDeclarationException(faults);
        }
        return List.copyOf(definitions.values());
    }

    private ListenerDefinition definition(DeclaredListener declared) {
        String host = declared.host() == null ? defaultHost : declared.host();
        return new ListenerDefinition(
                required("name", declared.name()),
                new EndpointSpec(
                        new ListenAddress(host, required("port", declared.port())),
                        declared.bufferBytes(),
                        declared.allowedSources().stream()
                                .map(Declarations::range)
                                .toList(),
                        settings(required("protocol", declared.protocol()), declared)),
                declared.enabled(),
                declared.description(),
                declared.labels(),
                declared.drainTimeoutMs() == null
                        ? ListenerDefinition.DEFAULT_DRAIN_TIMEOUT
                        : Duration.ofMillis(declared.drainTimeoutMs()));
    }

    private static Cidr range(String text) {
        try {
            return Cidr.parse(text);
        } catch (IllegalArgumentException ex) {
            throw new IllegalArgumentException("allowed-sources: " + ex.getMessage(), ex);
        }
    }

    private static ProtocolSettings settings(Protocol protocol, DeclaredListener declared) {
        return switch (protocol) {
            case TCP -> {
                forbidden("udp", declared.udp(), "tcp");
                yield declared.tcp() == null
                        ? TcpSettings.defaults()
                        : declared.tcp().toSettings();
            }
            case UDP -> {
                forbidden("tcp", declared.tcp(), "udp");
                yield declared.udp() == null
                        ? UdpSettings.defaults()
                        : declared.udp().toSettings();
            }
        };
    }

    private static void forbidden(String block, @Nullable Object settings, String protocol) {
        if (settings != null) {
            throw new IllegalArgumentException(block + ": not for a " + protocol + " listener");
        }
    }

    private static <T> T required(String field, @Nullable T value) {
        if (value == null) {
            throw new IllegalArgumentException(field + ": required");
        }
        return value;
    }
}
