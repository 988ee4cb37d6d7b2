package dev.canyon.engine.tcp;

import dev.canyon.engine.fault.ActiveFault;
import dev.canyon.engine.fault.FaultPlan;
import dev.canyon.engine.fault.FaultPoint;
import dev.canyon.engine.fault.HandshakeEffect;
import dev.canyon.engine.fault.stream.FaultedStream;
import dev.canyon.engine.fault.stream.Marks;
import dev.canyon.engine.fault.stream.StreamChain;
import dev.canyon.engine.fault.stream.StreamEffect;
import dev.canyon.engine.fault.stream.StreamEnd;
import dev.canyon.engine.fault.stream.StreamStage;
import dev.canyon.engine.peer.CloseReason;
import dev.canyon.engine.peer.Direction;
import dev.canyon.engine.peer.PauseReason;
import dev.canyon.engine.tcp.Pipeline.Slot;
import dev.canyon.net.Protocol;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.SocketChannel;
import io.netty.util.concurrent.EventExecutor;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The faults of one connection: which of those in force concern it, and what their stages may do to it. While none does, it has no
 * handler.
 *
 * <p>Used on the connection's event loop, except where a method says otherwise.
 */
final class ConnectionFaults implements FaultedStream {

    /** What stages may hold back before reading pauses. Reading resumes at half of it. */
    private static final long MAX_HELD_BYTES = 4 * 1024 * 1024;

    private final TcpConnection connection;
    private final SocketChannel socket;
    private final FaultPoint point;
    private final long acceptedAt = System.nanoTime();
    /** By {@link ActiveFault#choiceKey}. Also used by the thread that accepts or changes faults, so guarded by itself. */
    private final Map<Object, Subject> subjects = new HashMap<>();

    private final Set<StreamStage> pausing = new HashSet<>();
    private @Nullable TcpTap tap;
    private long heldBytes;
    private int heldEnds;
    private boolean full;
    private boolean draining;
    private boolean ended;
    /** Completes when the sending side is closed; null unless a fault closes it. */
    private @Nullable ChannelPromise outputClosed;

    private boolean closed;

    /** This connection as a subject of a fault. */
    private static final class Subject {
        private final long number;
        private long firstMet = -1;

        Subject(long number) {
            this.number = number;
        }
    }

    ConnectionFaults(TcpConnection connection, FaultPoint point) {
        this.connection = connection;
        this.socket = connection.socket();
        this.point = point;
    }

    /** Any thread. Numbers the connection for the faults in force that concern its source and that it has not met. */
    void number() {
        FaultPlan plan = point.plan();
        if (plan != null) {
            plan.faults().stream()
                    .filter(fault -> concernsSource(fault) && comesInTime(fault))
                    .forEach(this::subject);
        }
    }

    /** Whether what the fault is about is still to come. */
    private boolean comesInTime(ActiveFault fault) {
        return !(fault.fault().effect() instanceof HandshakeEffect) || connection.awaitsHandshake();
    }

    /** Whether {@link #failHandshake} may return a fault. */
    boolean mayFailHandshake() {
        FaultPlan plan = point.plan();
        return plan != null
                && plan.faults().stream().anyMatch(fault -> fault.fault().effect() instanceof HandshakeEffect);
    }

    /** How a fault fails the handshake of the connection, which then counts as applied to it; null if none does. */
    HandshakeEffect.@Nullable Ending failHandshake() {
        FaultPlan plan = point.plan();
        for (ActiveFault fault : plan == null ? List.<ActiveFault>of() : plan.faults()) {
            if (fault.fault().effect() instanceof HandshakeEffect effect
                    && concernsSource(fault)
                    && fault.chooses(number(fault))) {
                fault.applied();
                return effect.ending();
            }
        }
        return null;
    }

    private boolean concernsSource(ActiveFault fault) {
        return fault.fault().concerns(connection.client().getAddress());
    }

    private Subject subject(ActiveFault fault) {
        synchronized (subjects) {
            return subjects.computeIfAbsent(
                    fault.choiceKey(),
                    first -> new Subject(fault.nextConnection(connection.client(), connection.id())));
        }
    }

    /** Any thread: whether {@link #update} has something to do. */
    boolean mayConcern() {
        return point.plan() != null
                || connection.pipeline().has(Slot.OUT_FAULTS)
                || connection.pipeline().has(Slot.IN_FAULTS);
    }

    /**
     * Applies the faults that are in force now. Input first, because what its stages hold back passes those of the replies as long
     * as they are there.
     */
    void update() {
        update(Slot.IN_FAULTS, Direction.IN);
        update(Slot.OUT_FAULTS, Direction.OUT);
    }

    private List<ActiveFault> concerning(Direction direction) {
        FaultPlan plan = ended ? null : point.plan();
        return plan == null
                ? List.of()
                : plan.faults().stream()
                        .filter(fault -> fault.fault().direction() == direction && concerns(fault))
                        .sorted(Comparator.comparing(
                                fault -> !fault.fault().effect().needsFraming()))
                        .toList();
    }

    private boolean concerns(ActiveFault fault) {
        return fault.fault().effect() instanceof StreamEffect effect
                && concernsSource(fault)
                && !(draining && effect.yieldsToDrain())
                && (!effect.choosesConnections() || fault.chooses(number(fault)));
    }

    private void update(Slot slot, Direction direction) {
        if (closed) {
            return;
        }
        List<ActiveFault> faults = concerning(direction);
        StreamChain chain = chain(slot);
        if (chain == null && !faults.isEmpty()) {
            chain = install(slot);
        }
        if (chain != null) {
            chain.update(faults);
            flush();
            if (chain.isEmpty() && chain.equals(chain(slot)) && !isNeeded(slot)) {
                connection.pipeline().remove(slot);
            }
        }
    }

    /** Without its handler, replies would be written to an output that is closed. */
    private boolean isNeeded(Slot slot) {
        return outputClosed != null && slot == Slot.OUT_FAULTS;
    }

    private StreamChain install(Slot slot) {
        Pipeline pipeline = connection.pipeline();
        if (slot == Slot.OUT_FAULTS) {
            OutFaults handler = new OutFaults(this, connection.meter().writtenBytes());
            pipeline.put(slot, handler);
            return handler.chain();
        }
        InFaults handler = new InFaults(this, connection.meter().receivedBytes());
        pipeline.put(slot, handler);
        return handler.chain();
    }

    private @Nullable StreamChain chain(Slot slot) {
        return connection.pipeline().get(slot) instanceof FaultHandler handler ? handler.chain() : null;
    }

    /** @param open the tap that marks are for; null if there is none */
    void tap(@Nullable TcpTap open) {
        tap = open;
    }

    /** The marks of the bytes that enter a chain. */
    Marks passing() {
        return tap == null ? Marks.NONE : tap.passing();
    }

    /** The marks of replies that enter a chain. */
    Marks replying() {
        return connection.answersMessages() ? passing().ofReply() : passing();
    }

    /** Bytes leave a chain. */
    void passing(Marks marks) {
        if (tap != null) {
            tap.passing(marks);
        }
    }

    /** Whether stages hold something back or pause reading, so that the connection is not idle. */
    boolean isHolding() {
        return heldBytes > 0 || heldEnds > 0 || !pausing.isEmpty();
    }

    /**
     * Takes away the faults that would keep a drain from ending: those that stop reading, or the end of the stream. Others, such
     * as a latency, continue.
     */
    void yieldToDrain() {
        draining = true;
        update();
    }

    /** Ends all faults of the connection, because it closes: what is held back is sent at once. The faults do not come back. */
    void end() {
        ended = true;
        update();
    }

    /** Completes when the sending side is closed; null unless a fault closes it. Then replies can only be dropped. */
    @Nullable
    ChannelFuture outputClosed() {
        return outputClosed;
    }

    /** The connection was closed: releases what is held back. */
    void discard() {
        closed = true;
        for (Slot slot : List.of(Slot.IN_FAULTS, Slot.OUT_FAULTS)) {
            StreamChain chain = chain(slot);
            if (chain != null) {
                chain.discard();
            }
        }
    }

    @Override
    public long number(ActiveFault fault) {
        return subject(fault).number;
    }

    @Override
    public long nextNumber(ActiveFault fault) {
        return fault.nextNumber(Protocol.TCP, connection.client(), connection.id());
    }

    @Override
    public long firstMet(ActiveFault fault, long carried) {
        Subject subject = subject(fault);
        if (subject.firstMet < 0) {
            subject.firstMet = carried;
        }
        return subject.firstMet;
    }

    @Override
    public long age() {
        return System.nanoTime() - acceptedAt;
    }

    @Override
    public EventExecutor loop() {
        return socket.eventLoop();
    }

    @Override
    public ByteBufAllocator alloc() {
        return socket.alloc();
    }

    @Override
    public void hold(long bytes) {
        heldBytes += bytes;
        connection.held().keepBack(bytes);
        if (!full && heldBytes > MAX_HELD_BYTES) {
            full = true;
            updateGate();
        }
    }

    @Override
    public void unhold(long bytes) {
        heldBytes -= bytes;
        connection.held().release(bytes);
        if (full && heldBytes <= MAX_HELD_BYTES / 2) {
            full = false;
            updateGate();
        }
    }

    @Override
    public void holdEnd(boolean held) {
        heldEnds += held ? 1 : -1;
    }

    @Override
    public void pause(StreamStage stage) {
        pausing.add(stage);
        updateGate();
    }

    @Override
    public void resume(StreamStage stage) {
        pausing.remove(stage);
        updateGate();
    }

    private void updateGate() {
        if (full || !pausing.isEmpty()) {
            connection.gate().pause(PauseReason.FAULT);
        } else {
            connection.gate().resume(PauseReason.FAULT);
        }
    }

    @Override
    public void discarded(long bytes) {
        connection.meter().discarded(bytes);
    }

    @Override
    public void added(long bytes) {
        connection.meter().added(bytes);
    }

    @Override
    public void flush() {
        socket.flush();
    }

    @Override
    public void flushApart() {
        if (socket.isWritable()) {
            flush();
        }
    }

    @Override
    public void close(StreamEnd end) {
        if (ended) {
            // It closes already.
            return;
        }
        CloseReason.FAULT.note(socket);
        whenWritten(() -> {
            switch (end) {
                case FIN -> connection.finish();
                case RESET -> connection.reset();
            }
        });
    }

    @Override
    public void closeOutput() {
        if (ended || outputClosed != null) {
            return;
        }
        connection.endReplies();
        // Nothing can be answered any more, also once the fault was taken away.
        ChannelPromise done = socket.newPromise();
        outputClosed = done;
        whenWritten(() -> {
            connection.closeOutput();
            done.trySuccess();
        });
    }

    /**
     * Runs an action once the kernel has accepted everything that was written. In a task of its own, because a write within a stage
     * can complete it, and the action changes the stages.
     */
    private void whenWritten(Runnable action) {
        Runnable ifActive = () -> {
            if (socket.isActive()) {
                action.run();
            }
        };
        ChannelFutureListener run = written -> socket.eventLoop().execute(ifActive);
        connection.writeAndFlushBehindFaults(Unpooled.EMPTY_BUFFER).addListener(run);
    }
}
