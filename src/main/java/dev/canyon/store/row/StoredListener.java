package dev.canyon.store.row;

import dev.canyon.definition.DefinitionTree;
import dev.canyon.definition.ListenerDefinition;
import dev.canyon.engine.setting.FaultReport;
import dev.canyon.net.Protocol;
import java.util.Arrays;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/**
 * A definition in the store: the JSON of the API without name, which has a column of its own, and without protocol, which
 * follows from the block {@code tcp} or {@code udp}. Names and meaning of the fields never change; a field that a row does
 * not have yet has its default, and one that only a newer version of Canyon knows is ignored.
 */
final class StoredListener {

    private static final JsonMapper JSON = JsonMapper.shared();

    /** Fails on the first fault, and ignores fields of newer versions. */
    private static final FaultReport DAMAGED = new FaultReport() {
        @Override
        public void add(String field, String message) {
            throw new IllegalArgumentException(field + ": " + message);
        }

        @Override
        public boolean ignoresUnknownFields() {
            return true;
        }
    };

    private StoredListener() {}

    static String write(ListenerDefinition definition) {
        Map<String, Object> tree = DefinitionTree.write(definition);
        tree.remove("name");
        tree.remove("protocol");
        return JSON.writeValueAsString(tree);
    }

    /**
     * @throws IllegalArgumentException if it is not what {@link #write} returned
     * @throws tools.jackson.core.JacksonException if it is not JSON
     */
    @SuppressWarnings("unchecked") // a JSON object has text as keys
    static ListenerDefinition read(String name, String json) {
        Map<String, Object> tree = Row.parse(JSON, json, Map.class);
        tree.put("name", name);
        tree.put("protocol", protocol(tree));
        // Every row has its host, so that the default, which may change, never applies to it.
        if (tree.get("host") == null) {
            throw new IllegalArgumentException("host: is required");
        }
        ListenerDefinition definition = DefinitionTree.read(tree, "", DAMAGED);
        if (definition == null) {
            throw new IllegalStateException("faults are thrown, not collected");
        }
        return definition;
    }

    private static String protocol(Map<String, Object> tree) {
        return Arrays.stream(Protocol.values())
                .map(Protocol::toString)
                .filter(protocol -> tree.get(protocol) != null)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("neither tcp nor udp"));
    }
}
