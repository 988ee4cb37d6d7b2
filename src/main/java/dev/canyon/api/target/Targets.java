package dev.canyon.api.target;

import dev.canyon.api.problem.ProblemCode;
import dev.canyon.api.problem.RefusedException;
import dev.canyon.listener.directory.ListenerDirectory;
import dev.canyon.listener.directory.ListenerNotFoundException;
import dev.canyon.listener.directory.ListenerSnapshot;
import dev.canyon.listener.directory.ListenerState.Running;
import dev.canyon.net.Protocol;
import dev.canyon.net.Zone;
import dev.canyon.probe.target.AllowedTargets;
import dev.canyon.probe.target.TargetDecision;
import dev.canyon.probe.target.TargetDecision.Permitted;
import dev.canyon.probe.target.TargetDecision.Refused;
import dev.canyon.settings.CanyonProperties;
import dev.canyon.settings.InvalidPropertyException;
import org.springframework.stereotype.Component;

/** Resolves targets and checks that they are permitted, before any packet is sent. */
@Component
public class Targets {

    private final ListenerDirectory directory;
    private final OwnListeners own;
    private final AllowedTargets allowed;

    public Targets(ListenerDirectory directory, CanyonProperties properties) {
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
     * Resolves a target, once. Blocks on the name service if the host is a name that the allow-list may permit.
     *
     * @throws RefusedException if it is not a running listener of Canyon and the allow-list does not permit it
     * @throws UnknownHostNameException if it is a host name without an address, or a link-local address without an interface
     */
    public Destination find(Protocol protocol, String host, int port) {
        return own.at(protocol, host, port).orElseGet(() -> listed(protocol, host, port));
    }

    /**
     * A listener of Canyon, on its bound address.
     *
     * @throws ListenerNotFoundException if there is no listener of this name
     * @throws RefusedException if it is not running
     */
    public Destination listener(String name) {
        ListenerSnapshot listener = directory.find(name).orElseThrow(() -> new ListenerNotFoundException(name));
        if (listener.state() instanceof Running running) {
            return OwnListeners.named(name, listener, running.endpoint());
        }
        throw new RefusedException(
                ProblemCode.LISTENER_NOT_RUNNING,
                "listener '" + name + "' is " + listener.state().word() + ": start it first");
    }

    private Destination listed(Protocol protocol, String host, int port) {
        TargetDecision decision = allowed.decide(host, port);
        if (decision instanceof Permitted permitted) {
            Zone.missing(permitted.address().getAddress()).ifPresent(fault -> {
                throw new UnknownHostNameException(fault);
            });
            return new Destination(protocol, host, permitted.address(), null, null, false);
        }
        if (decision instanceof Refused refused) {
            throw new RefusedException(ProblemCode.TARGET_NOT_ALLOWED, refused.detail());
        }
        throw new UnknownHostNameException(((TargetDecision.Unknown) decision).detail());
    }
}
