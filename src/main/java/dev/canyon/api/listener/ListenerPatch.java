package dev.canyon.api.listener;

import dev.canyon.api.json.BodyTree;
import dev.canyon.api.json.Faults;
import dev.canyon.api.json.MergePatch;
import dev.canyon.api.problem.Fault;
import dev.canyon.definition.DefinitionFields;
import dev.canyon.definition.ListenerDefinition;
import dev.canyon.engine.identity.ProxyMode;
import dev.canyon.engine.setting.Field;
import dev.canyon.engine.setting.OneOf;
import dev.canyon.listener.directory.ListenerSnapshot;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A merge patch for a definition. */
final class ListenerPatch {

    private static final List<Fault> FIXED = List.of(
            new Fault("name", "cannot be changed: create a listener with the new name, and delete this one"),
            new Fault(
                    "protocol",
                    "cannot be changed with PATCH: replace the listener with PUT, or delete it and create another"),
            new Fault("status", "is read-only: omit it"));

    private static final String PROXY_PROTOCOL = "proxyProtocol";

    private final ObjectNode changes;
    private final Faults faults = new Faults();

    ListenerPatch(BodyTree body) {
        body.report(faults);
        changes = body.root().deepCopy();
        for (Fault fixed : FIXED) {
            if (changes.remove(fixed.field()) != null) {
                faults.add(fixed.field(), fixed.message());
            }
        }
        // The merge drops fields that are null, so unknown names must be found before it.
        ListenerRequest.checkNames(changes, faults);
    }

    /**
     * The definition that results.
     *
     * @param mapper writes the current definition as JSON
     * @throws dev.canyon.api.problem.InvalidRequestException with every error of the patch, and of the result
     */
    ListenerDefinition applyTo(ListenerSnapshot current, JsonMapper mapper, String defaultHost) {
        ObjectNode present = mapper.valueToTree(DefinitionView.of(current.definition()));
        removeOtherKinds(present);
        removeUnusedTrusted(present);
        ObjectNode merged = MergePatch.apply(present, changes);
        Faults all = new Faults();
        all.addAll("", faults);
        return ListenerRequest.require(merged, defaultHost, all);
    }

    /** A change of the mode alone must not be refused because of proxies that the new mode has no use for. */
    private void removeUnusedTrusted(ObjectNode present) {
        boolean becomesRequired = ProxyMode.REQUIRED
                .toString()
                .equals(changes.path(PROXY_PROTOCOL).path("mode").asString(""));
        if (becomesRequired && present.get(PROXY_PROTOCOL) instanceof ObjectNode before) {
            before.remove("trusted");
        }
    }

    /** An object that becomes one of another kind keeps no fields, because another kind has others. */
    private void removeOtherKinds(ObjectNode present) {
        for (Field field : DefinitionFields.top()) {
            if (field.type() instanceof OneOf kinds) {
                JsonNode wanted = changes.path(field.name()).path(kinds.discriminator());
                JsonNode before = present.path(field.name()).path(kinds.discriminator());
                if (wanted.isString() && !wanted.equals(before)) {
                    present.remove(field.name());
                }
            }
        }
    }
}
