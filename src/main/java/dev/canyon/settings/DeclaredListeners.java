package dev.canyon.settings;

import dev.canyon.definition.DefinitionTree;
import dev.canyon.definition.ListenerDefinition;
import dev.canyon.engine.setting.FaultReport;
import dev.canyon.net.ListenAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The listeners that the configuration declares. */
public final class DeclaredListeners {

    private static final int DEFAULT_PORT = 7007;

    private final String defaultHost;
    private final List<String> faults = new ArrayList<>();
    private final Map<String, ListenerDefinition> definitions = new LinkedHashMap<>();

    private DeclaredListeners(String defaultHost) {
        String host = defaultHost;
        try {
            new ListenAddress(host, DEFAULT_PORT);
        } catch (IllegalArgumentException ex) {
            faults.add("canyon.default-host: " + ex.getMessage());
            // In its place, so that the other faults are found as well.
            host = "localhost";
        }
        this.defaultHost = host;
    }

    /**
     * The declared listeners, or {@code echo-tcp} and {@code echo-udp} if there are none and these are not switched off.
     *
     * @throws InvalidDeclarationException names every property at fault
     */
    public static List<ListenerDefinition> in(CanyonProperties properties) {
        DeclaredListeners declarations = new DeclaredListeners(properties.defaultHost());
        if (properties.listeners() != null) {
            declarations.addAll(properties.listeners());
        } else if (properties.defaultListeners()) {
            declarations.addDefault("tcp");
            declarations.addDefault("udp");
        }
        return declarations.checked();
    }

    private void addDefault(String protocol) {
        add("default", Map.of("name", "echo-" + protocol, "protocol", protocol, "port", DEFAULT_PORT));
    }

    private void addAll(List<Map<String, Object>> declared) {
        for (int i = 0; i < declared.size(); i++) {
            String property = "canyon.listeners[" + i + "]";
            add(property, DeclaredTree.of(declared.get(i), faultsOf(property)));
        }
    }

    private void add(String property, Map<String, Object> tree) {
        ListenerDefinition definition = DefinitionTree.read(tree, defaultHost, faultsOf(property));
        if (definition != null && definitions.put(definition.name(), definition) != null) {
            faults.add(property + ".name: '" + definition.name() + "' is declared more than once");
        }
    }

    private FaultReport faultsOf(String property) {
        return (field, message) -> faults.add(property + "." + PropertyNames.ofField(field) + ": " + message);
    }

    private List<ListenerDefinition> checked() {
        if (!faults.isEmpty()) {
            throw new InvalidDeclarationException(faults.stream().distinct().toList());
        }
        return List.copyOf(definitions.values());
    }
}
