package dev.canyon.engine.traffic;

import dev.canyon.engine.peer.DropReason;
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
 * Counts traffic and connections. Belongs to the listener, not to the socket, and so survives stops, starts and changes.
 *
 * <p>Event loops count traffic without contention, and any thread can read it; a reading is exact once traffic has stopped.
 * Connections are counted under a lock, so that {@code total = active + sum(closed)} holds in every reading.
 *
 * <p>The counts themselves never decrease. A reset records their current values, so it loses nothing that is counted meanwhile,
 * and {@link Reading#lifetime} includes what was counted before.
 */
public final class EndpointCounters {

    private static final long NEVER = Long.MIN_VALUE;

    private final ConnectionCounter connections = new ConnectionCounter();
    private final TlsCounter tls = new TlsCounter();
    private final LongAdder receivedBytes = new LongAdder();
    private final LongAdder sentBytes = new LongAdder();
    private final LongAdder receivedMessages = new LongAdder();
    private final LongAdder sentMessages = new LongAdder();
    private final LongAdder discardedBytes = new LongAdder();
    private final LongAdder addedBytes = new LongAdder();
    private final LongAdder addedMessages = new LongAdder();
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
     * @param receivedBytes bytes read, with TLS those decrypted; on UDP including dropped datagrams
     * @param receivedMessages datagrams read, or reads on TCP
     * @param sentBytes bytes accepted by the kernel, with TLS before their encryption
     * @param discardedBytes bytes that were received and will never be sent back: taken by faults, answered otherwise by the
     *     reply, or, on TCP, not sent before the connection was closed
     * @param addedBytes bytes of replies that were not received, added by faults or the reply
     * @param addedMessages datagrams of replies that were not received, added by faults or the reply
     * @param lastActivity when something last arrived, in milliseconds; null if nothing has since the last reset
     * @param hidden what resets have subtracted from this reading; null if there was none
     */
    public record Reading(
            ConnectionCounter.Reading connections,
            long receivedBytes,
            long sentBytes,
            long receivedMessages,
            long sentMessages,
            long discardedBytes,
            long addedBytes,
            long addedMessages,
            Map<DropReason, Long> dropped,
            TlsCounter.Reading tls,
            @Nullable Instant lastActivity,
            @Nullable Reading hidden) {

        /** Nothing counted. */
        public static final Reading NONE = new EndpointCounters().read();

        /** Everything ever counted, regardless of resets; never decreases. */
        public Reading lifetime() {
            return hidden == null ? this : plus(hidden);
        }

        /** The sum of both, without what resets have hidden. */
        public Reading plus(Reading other) {
            return new Reading(
                    connections.plus(other.connections),
                    receivedBytes + other.receivedBytes,
                    sentBytes + other.sentBytes,
                    receivedMessages + other.receivedMessages,
                    sentMessages + other.sentMessages,
                    discardedBytes + other.discardedBytes,
                    addedBytes + other.addedBytes,
                    addedMessages + other.addedMessages,
                    CountMaps.sum(DropReason.class, dropped, other.dropped),
                    tls.plus(other.tls),
                    later(lastActivity, other.lastActivity),
                    null);
        }

        private static @Nullable Instant later(@Nullable Instant one, @Nullable Instant other) {
            return one == null || (other != null && other.isAfter(one)) ? other : one;
        }

        /** Without the connections that are still open. */
        public Reading ended() {
            return new Reading(
                    connections.ended(),
                    receivedBytes,
                    sentBytes,
                    receivedMessages,
                    sentMessages,
                    discardedBytes,
                    addedBytes,
                    addedMessages,
                    dropped,
                    tls,
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
                    discardedBytes - earlier.discardedBytes,
                    addedBytes - earlier.addedBytes,
                    addedMessages - earlier.addedMessages,
                    CountMaps.difference(DropReason.class, dropped, earlier.dropped),
                    tls.since(earlier.tls),
                    lastActivity,
                    earlier);
        }
    }

    public Reading read() {
        // Read before the counts, which then can only be larger.
        Reading before = hidden;
        Reading all = readAll();
        return before == null ? all : all.since(before);
    }

    private Reading readAll() {
        // Sent before received: with concurrent traffic, sent bytes can never exceed received bytes.
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
                discardedBytes.sum(),
                addedBytes.sum(),
                addedMessages.sum(),
                drops,
                tls.read(),
                last == NEVER
                        ? null
                        : Instant.now().minusNanos(System.nanoTime() - last).truncatedTo(ChronoUnit.MILLIS),
                null);
    }

    /** Resets all counts to zero; open connections remain counted as active. */
    public void reset() {
        hidden = readAll().ended();
        connections.resetPeak();
        lastActivityNanos = NEVER;
    }

    /** Adds a source of kernel drops, which the kernel counts per socket. It is read with each reading while the socket is open. */
    public void addKernelDrops(LongSupplier drops) {
        synchronized (kernelDrops) {
            kernelDrops.add(drops);
        }
    }

    /** Adds the final value of {@code drops} to the count and removes the source. */
    public void removeKernelDrops(LongSupplier drops) {
        synchronized (kernelDrops) {
            if (kernelDrops.remove(drops)) {
                kernelDropsOfClosedSockets += drops.getAsLong();
            }
        }
    }

    /** Under the lock, because a reading between the removal of a source and the addition of its final value would look like a reset. */
    private long kernelDropsNow() {
        synchronized (kernelDrops) {
            return kernelDropsOfClosedSockets
                    + kernelDrops.stream().mapToLong(LongSupplier::getAsLong).sum();
        }
    }

    public ConnectionCounter connections() {
        return connections;
    }

    public TlsCounter tls() {
        return tls;
    }

    /** @param atNanos now, on the clock of {@link System#nanoTime} */
    public void received(long messages, long bytes, long atNanos) {
        receivedMessages.add(messages);
        receivedBytes.add(bytes);
        lastActivityNanos = atNanos;
    }

    public void sent(long messages, long bytes) {
        sentMessages.add(messages);
        sentBytes.add(bytes);
    }

    /** Received bytes will never be answered. */
    public void discarded(long bytes) {
        if (bytes != 0) {
            discardedBytes.add(bytes);
        }
    }

    /**
     * Replies contain bytes that were not received.
     *
     * @param messages datagrams that consist of them
     */
    public void added(long messages, long bytes) {
        addedMessages.add(messages);
        addedBytes.add(bytes);
    }

    void dropped(DropReason reason) {
        Objects.requireNonNull(dropped.get(reason)).increment();
    }
}
