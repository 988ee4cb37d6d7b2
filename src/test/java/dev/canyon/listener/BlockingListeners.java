package dev.canyon.listener;

import dev.canyon.definition.ListenerDefinition;
import dev.canyon.engine.peer.CloseMode;
import dev.canyon.engine.peer.Peer;
import dev.canyon.listener.directory.ListenerSnapshot;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;

/** {@link Listeners} for tests whose thread has nothing else to do: each call returns, or throws, when its operation has completed. */
public record BlockingListeners(Listeners async) {

    public ListenerSnapshot create(ListenerDefinition definition) {
        return async.create(definition);
    }

    public void declare(ListenerDefinition definition) {
        async.declare(definition);
    }

    public void restore() {
        async.restore();
    }

    public void openEnabled() {
        ChangeExecutor.join(async.openEnabled());
    }

    public ListenerSnapshot change(ListenerDefinition definition, OptionalLong expectedVersion) {
        return ChangeExecutor.join(async.change(definition, expectedVersion));
    }

    public ListenerSnapshot delete(String name, OptionalLong expectedVersion) {
        return ChangeExecutor.join(async.delete(name, expectedVersion));
    }

    public ListenerSnapshot start(String name) {
        return ChangeExecutor.join(async.start(name));
    }

    public ListenerSnapshot stop(String name) {
        return ChangeExecutor.join(async.stop(name));
    }

    public ListenerSnapshot restart(String name) {
        return ChangeExecutor.join(async.restart(name));
    }

    public ListenerSnapshot resetCounters(String name) {
        return ChangeExecutor.join(async.resetCounters(name));
    }

    public Peer closeConnection(String name, long id, CloseMode mode) {
        return ChangeExecutor.join(async.closeConnection(name, id, mode));
    }

    public List<ApplyResult> apply(List<ListenerDefinition> wanted, boolean prune) {
        return ChangeExecutor.join(async.apply(wanted, prune));
    }

    public List<ApplyResult> plan(List<ListenerDefinition> wanted, boolean prune) {
        return async.plan(wanted, prune);
    }

    public void drainAll(Duration longest) {
        async.drainAll(longest);
    }
}
