package dev.canyon.listener;

import dev.canyon.definition.ListenerDefinition;
import dev.canyon.definition.VersionedDefinition;
import dev.canyon.engine.endpoint.EndpointSpec;
import dev.canyon.engine.tls.TlsUnavailableException;
import dev.canyon.listener.ApplyResult.Result;
import dev.canyon.listener.directory.ListenerState.Failed;
import dev.canyon.listener.directory.Origin;
import dev.canyon.listener.endpoint.EndpointClaims;
import dev.canyon.listener.endpoint.EndpointClaims.Claim;
import dev.canyon.listener.endpoint.EndpointNotAllowedException;
import dev.canyon.listener.endpoint.FailureReason;
import dev.canyon.net.BindFailedException;
import dev.canyon.net.LocalAddress;
import dev.canyon.thread.Futures;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Applies a document: compares it with the present listeners, acquires the locks of all that differ, claims every endpoint,
 * stores all definitions at once, and only then opens and closes ports.
 */
final class DocumentChange {

    private static final Logger log = LoggerFactory.getLogger(DocumentChange.class);

    private final ListenerRegistry registry;
    private final ListenerStore store;
    private final ListenerBeans beans;
    private final PortBinder ports;
    private final ChangeExecutor changes;
    private final Versions versions;
    private final Listeners listeners;

    DocumentChange(
            ListenerRegistry registry,
            ListenerStore store,
            ListenerBeans beans,
            PortBinder ports,
            ChangeExecutor changes,
            Versions versions,
            Listeners listeners) {
        this.registry = registry;
        this.store = store;
        this.beans = beans;
        this.ports = ports;
        this.changes = changes;
        this.versions = versions;
        this.listeners = listeners;
    }

    /**
     * What to do to one listener.
     *
     * @param before its definition when the plan was made
     * @param wanted its definition afterwards; null if it is to be deleted
     */
    private record Step(
            Result result,
            EchoListener listener,
            VersionedDefinition before,
            @Nullable VersionedDefinition wanted) {

        boolean changes() {
            return result != Result.UNCHANGED;
        }

        /** With the lock held: whether the listener is still as it was when the plan was made. */
        boolean stillHolds() {
            return !listener.isDeleted() && listener.defined().equals(before);
        }

        /** Whether the listener is to be open afterwards. */
        boolean opens() {
            return wanted != null && wanted.definition().enabled();
        }

        boolean needsPort() {
            return wanted != null && listener.needsPortFor(wanted.definition());
        }

        /** For the log. */
        String done() {
            return switch (result) {
                case CREATED -> "Created";
                case UPDATED -> "Changed";
                case DELETED -> "Deleted";
                case UNCHANGED, FAILED -> throw new IllegalStateException("no change: " + this);
            };
        }

        /** With the lock held. */
        ApplyResult applied() {
            return listener.state() instanceof Failed failed
                    ? new ApplyResult(listener.name(), Result.FAILED, failed)
                    : new ApplyResult(listener.name(), result, null);
        }
    }

    List<ApplyResult> plan(List<ListenerDefinition> wanted, boolean prune) {
        List<Step> steps = steps(wanted, prune);
        List<Step> changing = steps.stream().filter(Step::changes).toList();
        registry.requireRoom(growth(changing));
        ports.claims().requireFree(wantedClaims(changing));
        return steps.stream().map(this::planned).toList();
    }

    private ApplyResult planned(Step step) {
        Failed failure = step.changes() && step.opens() ? expectedFailure(step) : null;
        return new ApplyResult(step.listener.name(), failure == null ? step.result : Result.FAILED, failure);
    }

    /** Limits, host names, addresses and SSL bundles can be checked beforehand; whether a port is free cannot. */
    private @Nullable Failed expectedFailure(Step step) {
        try {
            EndpointSpec wanted =
                    Objects.requireNonNull(step.wanted).definition().endpoint();
            InetSocketAddress address = ports.addressOf(step.listener, wanted);
            if (step.needsPort()) {
                LocalAddress.require(address.getAddress());
                ports.requireBundles(wanted);
            }
            return null;
        } catch (EndpointNotAllowedException | BindFailedException | TlsUnavailableException ex) {
            return new Failed(FailureReason.of(ex), String.valueOf(ex.getMessage()), Instant.now(), null);
        }
    }

    CompletableFuture<List<ApplyResult>> apply(List<ListenerDefinition> wanted, boolean prune) {
        List<Step> steps = steps(wanted, prune);
        List<Step> changing = steps.stream()
                .filter(Step::changes)
                .sorted(Comparator.comparing(step -> step.listener.name()))
                .toList();
        List<ListenerLock> locks =
                changing.stream().map(step -> step.listener.lock()).toList();
        return ListenerLock.runHoldingAll(locks, changes, () -> executeIfUnchanged(changing))
                .thenCompose(applied -> applied.size() == changing.size()
                        ? CompletableFuture.completedFuture(inOrder(steps, applied))
                        // Another operation changed one of them since the comparison: compare again.
                        : apply(wanted, prune));
    }

    private static List<ApplyResult> inOrder(List<Step> steps, List<ApplyResult> applied) {
        Map<String, ApplyResult> byName = applied.stream().collect(Collectors.toMap(ApplyResult::name, each -> each));
        return steps.stream()
                .map(step -> step.changes()
                        ? Objects.requireNonNull(byName.get(step.listener.name()))
                        : new ApplyResult(step.listener.name(), step.result, null))
                .toList();
    }

    /** @return none if nothing was done because a listener has changed */
    private List<CompletableFuture<ApplyResult>> executeIfUnchanged(List<Step> changing) {
        try {
            if (changing.stream().allMatch(Step::stillHolds)) {
                return execute(changing);
            }
        } catch (ListenerExistsException ex) {
            log.debug("Retrying the comparison: {}", ex.getMessage());
        }
        return List.of();
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
        present.requireDefinable(wanted);
        return new Step(Result.UPDATED, present, before, versions.next(wanted));
    }

    private Step create(ListenerDefinition wanted) {
        VersionedDefinition first = versions.next(wanted);
        return new Step(Result.CREATED, listeners.newListener(first, Origin.API), first, first);
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

    private List<CompletableFuture<ApplyResult>> execute(List<Step> changing) {
        listeners.requireNotShuttingDown();
        List<EchoListener> created = listeners(changing, Result.CREATED);
        List<EchoListener> deleted = listeners(changing, Result.DELETED);
        Map<String, @Nullable Claim> wanted = wantedClaims(changing);
        EndpointClaims claims = ports.claims();
        List<Claim> added = claims.add(wanted);
        try {
            registry.reserve(created, deleted.size());
            try {
                created.forEach(listener -> beans.publish(listener.name(), listeners));
                write(changing, deleted);
            } catch (RuntimeException ex) {
                created.forEach(listeners::forget);
                throw ex;
            }
        } catch (RuntimeException ex) {
            added.forEach(claims::withdraw);
            throw ex;
        }
        // Nothing is refused from here on.
        claims.keepOnly(wanted);
        return openAndClose(changing, wanted);
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

    /**
     * Frees ports before it opens others, which may want the same ones.
     *
     * @return for each step a future of its own, which does not wait for the drains of others
     */
    private List<CompletableFuture<ApplyResult>> openAndClose(
            List<Step> changing, Map<String, @Nullable Claim> claims) {
        CompletableFuture<Void> freed = new CompletableFuture<>();
        List<CompletableFuture<ApplyResult>> results = changing.stream()
                .map(step -> Futures.attempt(() -> openOrClose(step, claims.get(step.listener.name()), freed))
                        .thenApply(done -> finish(step)))
                .toList();
        freed.complete(null);
        return results;
    }

    private CompletableFuture<Void> openOrClose(Step step, @Nullable Claim claim, CompletableFuture<Void> freed) {
        boolean replaced = step.needsPort();
        if (step.wanted != null) {
            step.listener.define(step.wanted);
        }
        if (!step.opens()) {
            return ports.close(step.listener);
        }
        if (replaced) {
            step.listener.replacing();
            return freed.thenComposeAsync(done -> ports.openOrRetry(step.listener, claim), changes);
        }
        step.listener.applyDefinition();
        return CompletableFuture.completedFuture(null);
    }

    private ApplyResult finish(Step step) {
        if (step.wanted == null) {
            listeners.forget(step.listener);
        }
        LifecycleLog.log(step.done(), step.listener);
        return step.applied();
    }

    /** What each changing listener will claim. One that cannot be opened claims nothing, and fails later. */
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
