package dev.canyon.api;

import dev.canyon.api.problem.ProblemCode;
import dev.canyon.api.problem.RefusedException;
import dev.canyon.listener.ListenerDirectory;
import dev.canyon.listener.ListenerNotFoundException;
import dev.canyon.listener.ListenerSnapshot;
import dev.canyon.listener.ListenerState.Running;
import dev.canyon.probe.AllowedTargets;
import dev.canyon.probe.TargetDecision;
import dev.canyon.probe.TargetDecision.Permitted;
import dev.canyon.probe.TargetDecision.Refused;
import dev.canyon.settings.CanyonProperties;
import dev.canyon.settings.InvalidPropertyException;
import dev.canyon.transport.Protocol;
import org.springframework.stereotype.Component;

/** Finds out where a target is, and whether it may be dialled, before anything is. */
@Component
class Targets {

    private final ListenerDirectory directory;
    private final OwnListeners own;
    private final AllowedTargets allowed;

    Targets(ListenerDirectory directory, CanyonProperties properties) {
        this.directory = directory;
        this.own = new OwnListeners(directory);
        this.allowed = allowed(properties);
    }

    private static AllowedTargets allowed(CanyonProperties properties) {
        try {
            return AllowedTargets.of(properties.targets().allowed());
        } catch (IllegalArgumentException ex) {
            throw new InvalidPropertyException("canyon.targets.allowed", String.valueOf(ex.getMessage()), ex);
        }
    }

    /**
     * Looks a target up, once. Blocks on the name service if the host is a name that the list may permit.
     *
     * @throws RefusedException if it is no running listener of ours and the list does not permit it
     * @throws UnknownHostNameException if it is a name without an address
     */
    Destination find(Protocol protocol, String host, int port) {
        return own.at(protocol, host, port).orElseGet(() -> listed(protocol, host, port));
    }

    /**
     * One of our own listeners, on the address that it has bound.
     *
     * @throws ListenerNotFoundException if there is none of this name
     * @throws RefusedException if it is not running
     */
    Destination listener(String name) {
        ListenerSnapshot listener = directory.find(name).orElseThrow(() -> new ListenerNotFoundException(name));
        if (listener.state() instanceof Running running) {
            return OwnListeners.destination(name, running.endpoint());
        }
        throw new RefusedException(
                ProblemCode.LISTENER_NOT_RUNNING,
                "listener '" + name + "' is " + listener.state().word() + ": start it first");
    }

    private Destination listed(Protocol protocol, String host, int port) {
        TargetDecision decision = allowed.decide(host, port);
        if (decision instanceof Permitted permitted) {
            return new Destination(protocol, host, permitted.address(), null);
        }
        if (decision instanceof Refused refused) {
            throw new RefusedException(ProblemCode.TARGET_NOT_ALLOWED, refused.detail());
        }
        throw new UnknownHostNameException(((TargetDecision.Unknown) decision).detail());
    }
}
