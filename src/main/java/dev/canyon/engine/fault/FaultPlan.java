package dev.canyon.engine.fault;

import java.util.List;

/** The faults of a listener that are in force at one time, in the order of their effect. */
public record FaultPlan(List<ActiveFault> faults) {

    static final FaultPlan EMPTY = new FaultPlan(List.of());

    public FaultPlan {
        faults = List.copyOf(faults);
    }

    /** How the listening TCP socket treats new clients. */
    public AcceptEffect.Accepting accepting() {
        return faults.stream()
                .map(active -> active.fault().effect())
                .filter(AcceptEffect.class::isInstance)
                .map(effect -> ((AcceptEffect) effect).accepting())
                .max(AcceptEffect.Accepting::compareTo)
                .orElse(AcceptEffect.Accepting.NORMAL);
    }
}
