package dev.canyon.engine.fault.type;

import dev.canyon.engine.fault.stream.StreamEffect;
import dev.canyon.engine.fault.stream.StreamStage;
import dev.canyon.engine.peer.Direction;
import io.netty.buffer.ByteBuf;
import java.util.EnumSet;
import java.util.Set;

/** Accepts and reads, but never answers. What was discarded stays discarded when the fault ends. */
public record Silence() implements StreamEffect {

    @Override
    public Set<Direction> directions() {
        return EnumSet.of(Direction.OUT);
    }

    @Override
    public StreamStage streamStage() {
        return new StreamStage() {
            @Override
            protected void bytes(ByteBuf reply) {
                applied();
                drop(reply);
            }
        };
    }
}
