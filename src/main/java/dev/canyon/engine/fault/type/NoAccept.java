package dev.canyon.engine.fault.type;

import dev.canyon.engine.fault.AcceptEffect;

/** Accepts nobody: connects time out once the queue is full. Open connections continue. */
public record NoAccept() implements AcceptEffect {

    @Override
    public Accepting accepting() {
        return Accepting.PAUSED;
    }
}
