package dev.canyon.listener;

import dev.canyon.transport.Protocol;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
@ConfigurationProperties(prefix = "canyon", ignoreUnknownFields = false)
public record ListenerProperties(
        @DefaultValue("auto") TransportChoice transport,
        @DefaultValue("127.0.0.1") String defaultHost,
        @DefaultValue("true") boolean defaultListeners,
        @Nullable List<DeclaredListener> listeners) {

    private static final int DEFAULT_PORT = 7007;
    private static final List<DeclaredListener> DEFAULT_LISTENERS = List.of(
            DeclaredListener.withDefaults("echo-tcp", Protocol.TCP, DEFAULT_PORT),
            DeclaredListener.withDefaults("echo-udp", Protocol.UDP, DEFAULT_PORT));

    /** The transport asked for; auto leaves the choice to Canyon. */
    public enum TransportChoice {
        AUTO,
        EPOLL,
        IO_URING,
        NIO
    }

    /** @throws InvalidDeclarationException names every property at fault */
    List<ListenerDefinition> declared() {
        if (listeners == null && !defaultListeners) {
            return List.of();
        }
        List<DeclaredListener> declarations = listeners == null ? DEFAULT_LISTENERS : listeners;
        List<String> faults = new ArrayList<>();
        Map<String, ListenerDefinition> definitions = new LinkedHashMap<>();
        for (int i = 0; i < declarations.size(); i++) {
            String property = "canyon.listeners[" + i + "].";
            try {
                ListenerDefinition definition = declarations.get(i).toDefinition(defaultHost);
                if (definitions.put(definition.name(), definition) != null) {
                    faults.add(property + "name: '" + definition.name() + "' is declared twice");
                }
            } catch (IllegalArgumentException ex) {
                faults.add(property + ex.getMessage());
            }
        }
        if (!faults.isEmpty()) {
            throw new InvalidDeclarationException(faults);
        }
        return List.copyOf(definitions.values());
    }
}
