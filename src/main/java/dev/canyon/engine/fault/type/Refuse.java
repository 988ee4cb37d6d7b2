package dev.canyon.engine.fault.type;

import dev.canyon.engine.fault.AcceptEffect;

/** Refuses connects, while no other process can take the port. Open connections continue. */
public record Refuse() implements AcceptEffect {

    @Override
    public Accepting accepting() {
        return Accepting.REFUSED;
    }
}
