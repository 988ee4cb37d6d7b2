package dev.canyon.transport;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Counts what passes. It belongs to the listener, not to the socket, and so lives through stop, start and changes.
 *
 * <p>Traffic is written by event loops without contention and read from anywhere; a reading is exact once the traffic
 * rests. Connections are counted under a lock, so that {@code total = active + sum(closed)} holds in every reading.
 */
public final class EndpointCounters {

    private static final long NEVER = Long.MIN_VALUE;

    private final ConnectionCounter connections = new ConnectionCounter();
    private final LongAdder receivedBytes = new LongAdder();
    private final LongAdder sentBytes = new LongAdder();
    private final LongAdder receivedMessages = new LongAdder();
    private final LongAdder sentMessages = new LongAdder();
    private final Map<DropReason, LongAdder> dropped = new EnumMap<>(DropReason.class);
    private final List<LongSupplier> kernelDrops = new CopyOnWriteArrayList<>();
    private final LongAdder kernelDropsBefore = new LongAdder();
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
     */
    public record Reading(
            ConnectionCounter.Reading connections,
            long receivedBytes,
            long sentBytes,
            long receivedMessages,
            long sentMessages,
            Map<DropReason, Long> dropped,
            @Nullable Instant lastActivity) {}

    public Reading read() {
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
                        : Instant.now().minusNanos(System.nanoTime() - last).truncatedTo(ChronoUnit.MILLIS));
    }

    /** Back to zero; connections that are open stay counted as active. */
    public void reset() {
        connections.reset();
        receivedBytes.reset();
        sentBytes.reset();
        receivedMessages.reset();
        sentMessages.reset();
        dropped.values().forEach(LongAdder::reset);
        kernelDropsBefore.add(-kernelDropsNow());
        lastActivityNanos = NEVER;
    }

    /** The kernel counts its drops itself, per socket: it is asked at each reading for as long as the socket is open. */
    void follow(LongSupplier drops) {
        kernelDrops.add(drops);
    }

    /** Keeps what {@code drops} says now, and asks no more. */
    void unfollow(LongSupplier drops) {
        if (kernelDrops.remove(drops)) {
            kernelDropsBefore.add(drops.getAsLong());
        }
    }

    private long kernelDropsNow() {
        return kernelDropsBefore.sum()
                + kernelDrops.stream().mapToLong(LongSupplier::getAsLong).sum();
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
