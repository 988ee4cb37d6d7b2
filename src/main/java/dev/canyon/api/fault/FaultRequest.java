package dev.canyon.api.fault;

import dev.canyon.api.json.Faults;
import dev.canyon.api.json.PlainTree;
import dev.canyon.definition.DefinedFaults;
import dev.canyon.engine.endpoint.EndpointSpec;
import dev.canyon.engine.fault.Fault;
import dev.canyon.engine.fault.type.FaultTree;
import dev.canyon.engine.setting.Unit;
import dev.canyon.engine.setting.WholeNumber;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** A temporary fault in a request body: the fields of {@link FaultTree}, and its lifetime. */
record FaultRequest(Fault fault, Duration lifetime) {

    private static final WholeNumber TTL_TYPE = new WholeNumber(0, 86_400_000, Unit.MILLISECONDS, Duration.class);
    private static final FaultTree FORMAT =
            new FaultTree(id -> ThreadLocalRandom.current().nextLong(Fault.MAX_SEED + 1));

    /**
     * Reads a fault.
     *
     * @param id the id that it must have; null if the body chooses
     * @param taken ids of other faults
     * @throws dev.canyon.api.problem.InvalidRequestException with every error
     */
    static FaultRequest read(ObjectNode body, @Nullable String id, Set<String> taken, EndpointSpec endpoint) {
        Faults errors = new Faults();
        Map<String, @Nullable Object> tree = PlainTree.of(body);
        Object ttl = tree.remove(FaultTree.LIFETIME);
        Object lifetime = ttl == null ? Duration.ZERO : TTL_TYPE.read(ttl, FaultTree.LIFETIME, errors::add);
        if (id != null) {
            Object given = tree.putIfAbsent("id", id);
            if (given != null && !given.equals(id)) {
                errors.add(
                        "id", "must be that of the path, '" + id + "'; leave it out, or add another fault with POST");
            }
        }
        Fault fault = FORMAT.read(tree, "", taken, errors::add);
        if (fault != null) {
            DefinedFaults.check(fault, endpoint, "", errors::add);
        }
        errors.throwIfAny();
        if (fault == null || lifetime == null) {
            throw new IllegalStateException("no fault and no error");
        }
        return new FaultRequest(fault, (Duration) lifetime);
    }
}
