package dev.canyon.engine.fault.type;

import dev.canyon.engine.fault.stream.StreamEffect;
import dev.canyon.engine.fault.stream.StreamStage;
import dev.canyon.engine.peer.Direction;
import io.netty.buffer.ByteBuf;
import java.util.ArrayDeque;
import java.util.EnumSet;
import java.util.Queue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Accepts, but does not read, so that the window of the client fills up. Reading resumes when the fault ends. */
public record Stall() implements StreamEffect {

    @Override
    public Set<Direction> directions() {
        return EnumSet.of(Direction.IN);
    }

    @Override
    public boolean yieldsToDrain() {
        return true;
    }

    @Override
    public StreamStage streamStage() {
        return new Stream();
    }

    private static final class Stream extends StreamStage {

        /** A transport may read what has arrived before it notices the pause, or when the client sends FIN. */
        private final Queue<ByteBuf> arrived = new ArrayDeque<>();

        private @Nullable Object heldEnd;

        @Override
        protected void started() {
            applied();
            stream().pause(this);
        }

        @Override
        protected void bytes(ByteBuf bytes) {
            ByteBuf kept = copy(bytes);
            stream().hold(kept.readableBytes());
            arrived.add(kept);
        }

        @Override
        protected void end(Object end) {
            heldEnd = end;
            stream().holdEnd(true);
        }

        @Override
        protected void release() {
            while (!arrived.isEmpty()) {
                ByteBuf bytes = arrived.remove();
                stream().unhold(bytes.readableBytes());
                forward(bytes);
            }
            Object end = heldEnd;
            if (end != null) {
                heldEnd = null;
                stream().holdEnd(false);
                forwardEnd(end);
            }
            stream().resume(this);
            stream().flush();
        }

        @Override
        protected void discard() {
            arrived.forEach(ByteBuf::release);
            arrived.clear();
            heldEnd = null;
        }
    }
}
