package dev.canyon.listener;

import dev.canyon.listener.Applied.Result;
import dev.canyon.listener.EndpointClaims.Claim;
import dev.canyon.listener.ListenerState.Failed;
import dev.canyon.listener.ListenerState.Starting;
import dev.canyon.transport.BindFailedException;
import dev.canyon.transport.EchoEndpoint;
import dev.canyon.transport.EndpointSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Applies a document: compares it with what is there, takes the locks of all that differ, claims every endpoint, writes all
 * definitions at once, and only then touches a socket.
 */
final class DocumentChange {

    private static final Logger log = LoggerFactory.getLogger(DocumentChange.class);

    private final ListenerRegistry registry;
    private final ListenerStore store;
    private final ListenerFaces faces;
    private final Ports ports;
    private final Versions versions;
    private final Listeners listeners;

    DocumentChange(
            ListenerRegistry registry,
            ListenerStore store,
            ListenerFaces faces,
            Ports ports,
            Versions versions,
            Listeners listeners) {
        this.registry = registry;
        this.store = store;
        this.faces = faces;
        this.ports = ports;
        this.versions = versions;
        this.listeners = listeners;
    }

    /**
     * What shall happen to one listener.
     *
     * @param before its definition when the plan was made
     * @param wanted its definition then; null if it shall go
     */
    private record Step(
            Result result,
            EchoListener listener,
            VersionedDefinition before,
            @Nullable VersionedDefinition wanted) {

        boolean changes() {
            return result != Result.UNCHANGED;
        }

        /** Under its lock: whether it is still what it was when the plan was made. */
        boolean stillHolds() {
            return !listener.isForgotten() && listener.defined().equals(before);
        }

        /** Whether it shall be open. */
        boolean opens() {
            return wanted != null && wanted.definition().enabled();
        }

        boolean needsPort() {
            return wanted != null && listener.needsPortFor(wanted.definition());
        }

        void takeEffect() {
            if (wanted != null) {
                listener.define(wanted);
                listener.apply(wanted.definition().endpoint());
            }
        }

        String done() {
            return switch (result) {
                case CREATED -> "Created";
                case UPDATED -> "Changed";
                case DELETED -> "Deleted";
                case UNCHANGED, FAILED -> throw new IllegalStateException("nothing was done: " + this);
            };
        }

        Applied applied() {
            return listener.state() instanceof Failed failed && changes()
                    ? new Applied(listener.name(), Result.FAILED, failed)
                    : new Applied(listener.name(), result, null);
        }
    }

    List<Applied> plan(List<ListenerDefinition> wanted, boolean prune) {
        List<Step> steps = steps(wanted, prune);
        List<Step> changing = steps.stream().filter(Step::changes).toList();
        registry.requireRoom(growth(changing));
        ports.claims().requireFree(wantedClaims(changing));
        return steps.stream().map(this::planned).toList();
    }

    private Applied planned(Step step) {
        Failed failure = step.changes() && step.opens() ? failureToCome(step) : null;
        return new Applied(step.listener.name(), failure == null ? step.result : Result.FAILED, failure);
    }

    /** Limits and names are known beforehand; whether a port is free is not. */
    private @Nullable Failed failureToCome(Step step) {
        try {
            ports.addressOf(
                    step.listener,
                    Objects.requireNonNull(step.wanted).definition().endpoint());
            return null;
        } catch (EndpointNotAllowedException | BindFailedException ex) {
            return new Failed(FailureReason.of(ex), String.valueOf(ex.getMessage()), Instant.now(), null);
        }
    }

    List<Applied> apply(List<ListenerDefinition> wanted, boolean prune) {
        while (true) {
            List<Step> steps = steps(wanted, prune);
            List<Step> changing = steps.stream()
                    .filter(Step::changes)
                    .sorted(Comparator.comparing(step -> step.listener.name()))
                    .toList();
            changing.forEach(step -> step.listener.lock());
            try {
                if (changing.stream().allMatch(Step::stillHolds)) {
                    carryOut(changing);
                    return steps.stream().map(Step::applied).toList();
                }
            } catch (ListenerExistsException ex) {
                log.debug("Comparing again: {}", ex.getMessage());
            } finally {
                changing.forEach(step -> step.listener.unlock());
            }
            // Somebody changed one of them since the comparison: compare again.
        }
    }

    private List<Step> steps(List<ListenerDefinition> wanted, boolean prune) {
        List<Step> steps = new ArrayList<>();
        Set<String> named = new HashSet<>();
        for (ListenerDefinition definition : wanted) {
            named.add(definition.name());
            steps.add(registry.lookUp(definition.name())
                    .map(present -> compare(present, definition))
                    .orElseGet(() -> create(definition)));
        }
        if (prune) {
            registry.listeners()
                    .filter(listener -> listener.origin() == Origin.API && !named.contains(listener.name()))
                    .forEach(listener -> steps.add(new Step(Result.DELETED, listener, listener.defined(), null)));
        }
        return steps;
    }

    private Step compare(EchoListener present, ListenerDefinition wanted) {
        VersionedDefinition before = present.defined();
        if (wanted.equals(before.definition())) {
            return new Step(Result.UNCHANGED, present, before, before);
        }
        present.requireChangeable();
        return new Step(Result.UPDATED, present, before, versions.next(wanted));
    }

    private Step create(ListenerDefinition wanted) {
        VersionedDefinition first = versions.next(wanted);
        return new Step(Result.CREATED, listeners.listener(first, Origin.API), first, first);
    }

    private static int growth(List<Step> changing) {
        return (int) (count(changing, Result.CREATED) - count(changing, Result.DELETED));
    }

    private static long count(List<Step> steps, Result result) {
        return steps.stream().filter(step -> step.result == result).count();
    }

    private static List<EchoListener> listeners(List<Step> steps, Result result) {
        return steps.stream()
                .filter(step -> step.result == result)
                .map(Step::listener)
                .toList();
    }

    private void carryOut(List<Step> changing) {
        listeners.requireGoingOn();
        List<EchoListener> created = listeners(changing, Result.CREATED);
        List<EchoListener> deleted = listeners(changing, Result.DELETED);
        Map<String, @Nullable Claim> wanted = wantedClaims(changing);
        EndpointClaims claims = ports.claims();
        List<Claim> added = claims.add(wanted);
        try {
            registry.reserve(created, deleted.size());
            try {
                created.forEach(listener -> faces.publish(listener.name(), listeners));
                write(changing, deleted);
            } catch (RuntimeException ex) {
                created.forEach(listeners::forget);
                throw ex;
            }
        } catch (RuntimeException ex) {
            added.forEach(claims::withdraw);
            throw ex;
        }
        // From here on nothing is refused any more.
        claims.keepOnly(wanted);
        bringAbout(changing, wanted);
        deleted.forEach(listeners::forget);
        changing.forEach(step -> LifecycleLog.tell(step.done(), step.listener));
    }

    private void write(List<Step> changing, List<EchoListener> deleted) {
        List<VersionedDefinition> saved = new ArrayList<>();
        changing.forEach(step -> {
            if (step.wanted != null) {
                saved.add(step.wanted);
            }
        });
        store.write(saved, deleted.stream().map(EchoListener::name).collect(Collectors.toSet()));
    }

    /** Frees ports, so that whoever wants them next can have them, then opens the others; drains end last. */
    private void bringAbout(List<Step> changing, Map<String, @Nullable Claim> claims) {
        List<EchoListener> opening = new ArrayList<>();
        List<EchoListener> closing = new ArrayList<>();
        for (Step step : changing) {
            VersionedDefinition next = step.wanted == null ? step.before : step.wanted;
            Duration drain = next.definition().drainTimeout();
            if (!step.opens()) {
                step.listener.beginClose(drain);
                closing.add(step.listener);
            } else if (step.needsPort()) {
                EchoEndpoint old = step.listener.detach();
                step.listener.enter(new Starting());
                if (old != null) {
                    step.listener.drain(old, drain);
                }
                opening.add(step.listener);
            }
            step.takeEffect();
        }
        ManyAtOnce.forEach(opening, listener -> ports.openOrRetry(listener, claims.get(listener.name())));
        closing.forEach(ports::close);
    }

    /** What each that changes will claim; one that cannot be opened anyway claims nothing, and fails then. */
    private Map<String, @Nullable Claim> wantedClaims(List<Step> changing) {
        Map<String, @Nullable Claim> claims = new HashMap<>();
        changing.forEach(step -> claims.put(step.listener.name(), claim(step.listener, step.wanted)));
        return claims;
    }

    private @Nullable Claim claim(EchoListener listener, @Nullable VersionedDefinition wanted) {
        if (wanted == null || !wanted.definition().enabled()) {
            return null;
        }
        EndpointSpec endpoint = wanted.definition().endpoint();
        try {
            return new Claim(listener.name(), endpoint.protocol(), ports.addressOf(listener, endpoint));
        } catch (EndpointNotAllowedException | BindFailedException ex) {
            return null;
        }
    }
}
