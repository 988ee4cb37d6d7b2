package dev.canyon.engine.fault.datagram;

import dev.canyon.engine.fault.ActiveFault;
import dev.canyon.engine.peer.Direction;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The stages that the datagrams of a UDP endpoint pass: those for what arrives, what answers them, then those for replies, each in the order of the
 * faults. Used on the event loop of the endpoint.
 */
public final class DatagramChain {

    private final FaultedDatagrams endpoint;
    private final Consumer<Datagram> sink;
    private final Map<ActiveFault, DatagramStage> stages = new LinkedHashMap<>();
    private @Nullable Middle middle;
    private Consumer<Datagram> first;

    /** Turns datagrams into their replies, between the stages for what arrives and those for replies. */
    public interface Middle {

        /** A datagram, which is forwarded as its reply, now or later, or released. */
        void datagram(Datagram datagram);

        /** @param following where replies go */
        void connect(Consumer<Datagram> following);

        /** Forwards everything that is held back, in order. */
        void release();
    }

    /** @param sink receives what has passed all stages */
    public DatagramChain(FaultedDatagrams endpoint, Consumer<Datagram> sink) {
        this.endpoint = endpoint;
        this.sink = sink;
        this.first = sink;
    }

    /** Passes a datagram, which the chain releases. */
    public void datagram(Datagram datagram) {
        first.accept(datagram);
    }

    /**
     * Changes what answers the datagrams. What the former one holds back leaves at once.
     *
     * @param answering null if a datagram is its own reply
     */
    public void answerBy(@Nullable Middle answering) {
        if (middle != null) {
            middle.release();
        }
        middle = answering;
        connect();
        endpoint.flush();
    }

    /** Changes the stages to those of the given faults. Stages of faults that remain keep their state. */
    public void update(List<ActiveFault> faults) {
        List<ActiveFault> wanted = Stream.of(Direction.IN, Direction.OUT)
                .flatMap(direction ->
                        faults.stream().filter(fault -> fault.fault().direction() == direction))
                .filter(fault -> fault.fault().effect() instanceof DatagramEffect)
                .toList();
        List<ActiveFault> remaining =
                stages.keySet().stream().filter(wanted::contains).toList();
        boolean reordered =
                !remaining.equals(wanted.stream().filter(stages::containsKey).toList());
        // The first one first: what it holds goes behind what the stages after it hold, and leaves with that.
        Map<ActiveFault, DatagramStage> kept = new LinkedHashMap<>(stages);
        kept.forEach((fault, stage) -> {
            if (reordered || !wanted.contains(fault)) {
                stage.release();
            }
        });
        stages.clear();
        for (ActiveFault fault : wanted) {
            DatagramStage stage = kept.get(fault);
            stages.put(fault, stage == null ? create(fault) : stage);
        }
        connect();
        endpoint.flush();
    }

    private DatagramStage create(ActiveFault fault) {
        DatagramStage stage = ((DatagramEffect) fault.fault().effect()).datagramStage();
        stage.attach(fault, endpoint);
        return stage;
    }

    private void connect() {
        Consumer<Datagram> following = sink;
        Middle answering = middle;
        List<DatagramStage> inOrder = new ArrayList<>(stages.values());
        for (int i = inOrder.size() - 1; i >= 0; i--) {
            if (answering != null && inOrder.get(i).fault().fault().direction() == Direction.IN) {
                answering.connect(following);
                following = answering::datagram;
                answering = null;
            }
            inOrder.get(i).connect(following);
            following = inOrder.get(i)::datagram;
        }
        if (answering != null) {
            answering.connect(following);
            following = answering::datagram;
        }
        first = following;
    }
}
