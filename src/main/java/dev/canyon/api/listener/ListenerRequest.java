package dev.canyon.api.listener;

import dev.canyon.api.json.BodyTree;
import dev.canyon.api.json.Faults;
import dev.canyon.api.json.PlainTree;
import dev.canyon.definition.DefinitionTree;
import dev.canyon.definition.ListenerDefinition;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A definition in a request body. Its fields are those of {@link dev.canyon.definition.DefinitionFields}. */
public final class ListenerRequest {

    /** Its schemas in the OpenAPI document: to create, to replace and to change a listener. */
    public static final String SCHEMA = "#/components/schemas/ListenerRequest";

    static final String REPLACEMENT = "#/components/schemas/ListenerReplacement";
    static final String PATCH = "#/components/schemas/ListenerPatch";

    private static final String NAME = "name";
    private static final String STATUS = "status";

    private ListenerRequest() {}

    /** @throws dev.canyon.api.problem.InvalidRequestException with every error */
    static ListenerDefinition read(BodyTree body, String defaultHost) {
        Faults faults = new Faults();
        body.report(faults);
        return require(body.root(), defaultHost, faults);
    }

    /**
     * The same for a body whose name may be omitted.
     *
     * @param name that of the path
     */
    static ListenerDefinition named(String name, BodyTree body, String defaultHost) {
        Faults faults = new Faults();
        body.report(faults);
        ObjectNode named = body.root().deepCopy();
        JsonNode given = named.putIfAbsent(NAME, named.stringNode(name));
        if (given != null && given.isString() && !given.stringValue().equals(name)) {
            faults.add(NAME, "must be '" + name + "' as in the path, or omitted");
        }
        return require(named, defaultHost, faults);
    }

    /** @throws dev.canyon.api.problem.InvalidRequestException with these faults and every error */
    static ListenerDefinition require(ObjectNode body, String defaultHost, Faults faults) {
        ListenerDefinition definition = read(body, defaultHost, faults);
        faults.throwIfAny();
        if (definition == null) {
            throw new IllegalStateException("no definition and no error");
        }
        return definition;
    }

    /** @return null if an error was added */
    public static @Nullable ListenerDefinition read(ObjectNode body, String defaultHost, Faults faults) {
        JsonNode status = body.get(STATUS);
        if (status != null && !status.isObject() && !status.isNull()) {
            faults.add(STATUS, "is read-only: omit it, or send it as it was returned");
        }
        return DefinitionTree.read(withoutStatus(body), defaultHost, faults::add);
    }

    /** Adds the names in a merge patch that no definition has. */
    static void checkNames(ObjectNode patch, Faults faults) {
        DefinitionTree.checkNames(withoutStatus(patch), faults::add);
    }

    /** The status is accepted and ignored, so that a view can be sent back. */
    private static Map<String, @Nullable Object> withoutStatus(ObjectNode body) {
        Map<String, @Nullable Object> tree = PlainTree.of(body);
        tree.remove(STATUS);
        return tree;
    }
}
