package dev.canyon.engine.fault.stream;

import dev.canyon.engine.fault.ActiveFault;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The stages of one direction of a TCP connection, in the order of the faults. Changes keep the order of the bytes: what a removed
 * stage holds back goes to the stages behind it, and if stages change places, all are emptied before.
 *
 * <p>Used on the connection's event loop.
 */
public final class StreamChain implements StreamStage.Next {

    private final FaultedStream stream;
    private final StreamStage.Next sink;
    private final Map<ActiveFault, StreamStage> stages = new LinkedHashMap<>();
    private StreamStage.Next first;
    private long carried;
    private boolean closed;

    /**
     * @param carried bytes that the direction has carried before
     * @param sink receives what has passed all stages
     */
    public StreamChain(FaultedStream stream, long carried, StreamStage.Next sink) {
        this.stream = stream;
        this.carried = carried;
        this.sink = new Last(sink);
        this.first = this.sink;
    }

    /** The end of the chain. A stage that releases held bytes may close the connection with the first of them. */
    private final class Last implements StreamStage.Next {

        private final StreamStage.Next following;

        Last(StreamStage.Next following) {
            this.following = following;
        }

        @Override
        public void bytes(ByteBuf bytes, Marks marks) {
            if (closed) {
                bytes.release();
            } else {
                following.bytes(bytes, marks);
            }
        }

        @Override
        public void end(Object end) {
            if (end instanceof ConnectionEnd decided) {
                decided.effect().run();
            } else {
                following.end(end);
            }
        }
    }

    public boolean isEmpty() {
        return stages.isEmpty();
    }

    @Override
    public void bytes(ByteBuf bytes, Marks marks) {
        carried += bytes.readableBytes();
        first.bytes(bytes, marks);
    }

    @Override
    public void end(Object end) {
        first.end(end);
    }

    /** Changes the stages to those of the given faults. Stages of faults that remain keep their state. */
    public void update(List<ActiveFault> faults) {
        boolean reordered = isReordered(faults);
        // A copy, because the connection may close meanwhile.
        Map<ActiveFault, StreamStage> before = new LinkedHashMap<>(stages);
        // The first one first: what it holds goes behind what the stages after it hold, and leaves with that.
        before.forEach((fault, stage) -> {
            if (reordered || !faults.contains(fault)) {
                stage.release();
            }
        });
        if (closed) {
            return;
        }
        stages.clear();
        List<StreamStage> started = new ArrayList<>();
        for (ActiveFault fault : faults) {
            StreamStage stage = before.get(fault);
            if (stage == null) {
                stage = create(fault);
                started.add(stage);
            }
            stages.put(fault, stage);
        }
        connect();
        started.forEach(StreamStage::started);
    }

    private boolean isReordered(List<ActiveFault> faults) {
        List<ActiveFault> remaining =
                stages.keySet().stream().filter(faults::contains).toList();
        return !remaining.equals(faults.stream().filter(stages::containsKey).toList());
    }

    private StreamStage create(ActiveFault fault) {
        StreamStage stage = ((StreamEffect) fault.fault().effect()).streamStage();
        stage.attach(fault, stream, carried - stream.firstMet(fault, carried));
        return stage;
    }

    private void connect() {
        StreamStage.Next following = sink;
        List<StreamStage> inOrder = new ArrayList<>(stages.values());
        for (int i = inOrder.size() - 1; i >= 0; i--) {
            inOrder.get(i).connect(following);
            following = inOrder.get(i).input();
        }
        first = following;
    }

    /** The connection was closed. */
    public void discard() {
        closed = true;
        stages.values().forEach(StreamStage::close);
        stages.clear();
        first = sink;
    }
}
