package dev.canyon.transport;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Counts what passes. It belongs to the listener, not to the socket, and so lives through stop, start and changes.
 *
 * <p>Traffic is written by event loops without contention and read from anywhere; a reading is exact once the traffic
 * rests. Connections are counted under a lock, so that {@code total = active + sum(closed)} holds in every reading.
 *
 * <p>The counts themselves only grow. A reset notes where they stand and leaves them alone, so it loses nothing that is
 * counted meanwhile, and {@link Reading#lifetime} knows what was before it.
 */
public final class EndpointCounters {

    private static final long NEVER = Long.MIN_VALUE;

    private final ConnectionCounter connections = new ConnectionCounter();
    private final LongAdder receivedBytes = new LongAdder();
    private final LongAdder sentBytes = new LongAdder();
    private final LongAdder receivedMessages = new LongAdder();
    private final LongAdder sentMessages = new LongAdder();
    private final Map<DropReason, LongAdder> dropped = new EnumMap<>(DropReason.class);
    private final List<LongSupplier> kernelDrops = new ArrayList<>();
    private long kernelDropsOfClosedSockets;
    private volatile @Nullable Reading hidden;
    /** On the clock of {@link System#nanoTime}; {@link #NEVER} if there was none. */
    private volatile long lastActivityNanos = NEVER;

    public EndpointCounters() {
        for (DropReason reason : DropReason.values()) {
            dropped.put(reason, new LongAdder());
        }
    }

    /**
     * One reading.
     *
     * @param receivedBytes bytes read; on UDP also those of datagrams dropped later
     * @param receivedMessages datagrams read, or reads on TCP
     * @param sentBytes bytes handed to the kernel
     * @param lastActivity when something last arrived, to the millisecond; null if nothing has since the last reset
     * @param hidden what resets have taken out of this reading; null if there were none
     */
    public record Reading(
            ConnectionCounter.Reading connections,
            long receivedBytes,
            long sentBytes,
            long receivedMessages,
            long sentMessages,
            Map<DropReason, Long> dropped,
            @Nullable Instant lastActivity,
            @Nullable Reading hidden) {

        /** Nothing counted. */
        public static final Reading NONE = new EndpointCounters().read();

        /** All that was ever counted, as if there had been no reset: from one reading to the next it never goes back. */
        public Reading lifetime() {
            return hidden == null ? this : plus(hidden);
        }

        /** Both together. What resets have hidden stays out. */
        public Reading plus(Reading other) {
            return new Reading(
                    connections.plus(other.connections),
                    receivedBytes + other.receivedBytes,
                    sentBytes + other.sentBytes,
                    receivedMessages + other.receivedMessages,
                    sentMessages + other.sentMessages,
                    Counts.sum(DropReason.class, dropped, other.dropped),
                    lastActivity,
                    null);
        }

        /** Without the connections that are still open. */
        public Reading ended() {
            return new Reading(
                    connections.ended(),
                    receivedBytes,
                    sentBytes,
                    receivedMessages,
                    sentMessages,
                    dropped,
                    lastActivity,
                    hidden);
        }

        private Reading since(Reading earlier) {
            return new Reading(
                    connections.since(earlier.connections),
                    receivedBytes - earlier.receivedBytes,
                    sentBytes - earlier.sentBytes,
                    receivedMessages - earlier.receivedMessages,
                    sentMessages - earlier.sentMessages,
                    Counts.difference(DropReason.class, dropped, earlier.dropped),
                    lastActivity,
                    earlier);
        }
    }

    public Reading read() {
        // Before the counts: they can only be larger then.
        Reading before = hidden;
        Reading all = readAll();
        return before == null ? all : all.since(before);
    }

    private Reading readAll() {
        // Sent before received: traffic that goes on meanwhile cannot show more bytes out than in.
        long sent = sentBytes.sum();
        long sentCount = sentMessages.sum();
        Map<DropReason, Long> drops = new EnumMap<>(DropReason.class);
        dropped.forEach((reason, count) -> drops.put(reason, count.sum()));
        drops.put(DropReason.KERNEL, kernelDropsNow());
        long last = lastActivityNanos;
        return new Reading(
                connections.read(),
                receivedBytes.sum(),
                sent,
                receivedMessages.sum(),
                sentCount,
                drops,
                last == NEVER
                        ? null
                        : Instant.now().minusNanos(System.nanoTime() - last).truncatedTo(ChronoUnit.MILLIS),
                null);
    }

    /** Back to zero; connections that are open stay counted as active. */
    public void reset() {
        hidden = readAll().ended();
        connections.resetPeak();
        lastActivityNanos = NEVER;
    }

    /** The kernel counts its drops itself, per socket: it is asked at each reading for as long as the socket is open. */
    void follow(LongSupplier drops) {
        synchronized (kernelDrops) {
            kernelDrops.add(drops);
        }
    }

    /** Keeps what {@code drops} says now, and asks no more. */
    void unfollow(LongSupplier drops) {
        synchronized (kernelDrops) {
            if (kernelDrops.remove(drops)) {
                kernelDropsOfClosedSockets += drops.getAsLong();
            }
        }
    }

    /** Locked, so that nobody reads between a socket's leaving and the keeping of its count: it would look like a reset. */
    private long kernelDropsNow() {
        synchronized (kernelDrops) {
            return kernelDropsOfClosedSockets
                    + kernelDrops.stream().mapToLong(LongSupplier::getAsLong).sum();
        }
    }

    ConnectionCounter connections() {
        return connections;
    }

    /** @param atNanos now, on the clock of {@link System#nanoTime} */
    void received(long messages, long bytes, long atNanos) {
        receivedMessages.add(messages);
        receivedBytes.add(bytes);
        lastActivityNanos = atNanos;
    }

    void sent(long messages, long bytes) {
        sentMessages.add(messages);
        sentBytes.add(bytes);
    }

    void dropped(DropReason reason) {
        Objects.requireNonNull(dropped.get(reason)).increment();
    }
}
