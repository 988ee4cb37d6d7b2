package dev.canyon.inspect.capture;

import dev.canyon.engine.fault.Markable;
import dev.canyon.engine.peer.CloseReason;
import dev.canyon.engine.peer.Direction;
import dev.canyon.engine.peer.Flow;
import dev.canyon.engine.traffic.Tap;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The most recent messages of one listener. Messages are numbered from 1 without gaps, and the oldest is evicted first: the
 * evicted ones are those with numbers below the oldest held.
 *
 * <p>Called on event loops for every message. Only references are moved under the lock; bytes are copied before, and waiters
 * are completed on another thread.
 */
final class Capture implements Tap {

    /** Payload bytes after which a page ends; encoded as Base64 and text, they become several times as many. */
    private static final int PAGE_BYTES = 1024 * 1024;

    private final long id;
    private final CaptureMemory memory;
    private final LongSupplier epochNanos;
    private final Executor waiterExecutor;
    private final HeldMessages held = new HeldMessages();
    /** At most as many as messages: a close without a message of its connection is of no use. */
    private final Deque<HeldClose> closes = new ArrayDeque<>();

    private final Set<Waiter> waiters = new HashSet<>();
    private volatile CaptureSettings settings;
    private boolean removed;

    /** A close, and the number of the last message before it. */
    private record HeldClose(long after, CapturedClose close) {}

    /** A caller waiting for the next message. */
    private static final class Waiter {
        private final CompletableFuture<Void> available = new CompletableFuture<>();
    }

    /**
     * @param id unique among captures
     * @param waiterExecutor completes waiters
     */
    Capture(long id, CaptureSettings settings, CaptureMemory memory, LongSupplier epochNanos, Executor waiterExecutor) {
        this.id = id;
        this.settings = settings;
        this.memory = memory;
        this.epochNanos = epochNanos;
        this.waiterExecutor = waiterExecutor;
    }

    @Override
    public Markable received(Flow flow, ByteBuffer bytes) {
        return hold(Direction.IN, flow, bytes, List.of());
    }

    @Override
    public void sent(Flow flow, ByteBuffer bytes, List<String> faults) {
        hold(Direction.OUT, flow, bytes, faults);
    }

    private Markable hold(Direction direction, Flow flow, ByteBuffer bytes, List<String> faults) {
        int length = bytes.remaining();
        byte[] head = new byte[Math.min(length, settings.maxBytesPerMessage())];
        bytes.get(head);
        HeldMessage message;
        List<Waiter> taken;
        synchronized (this) {
            if (isOff()) {
                return Markable.NONE;
            }
            long now = epochNanos.getAsLong();
            evictUntil(now);
            message = new HeldMessage(now, direction, flow, head, length, faults);
            hold(message);
            taken = takeWaiters();
        }
        completeWaiters(taken);
        return message;
    }

    private void hold(HeldMessage message) {
        if (held.size() >= settings.maxMessages()) {
            evictOldest();
        }
        while (!memory.reserve(message)) {
            if (held.size() == 0) {
                held.skip();
                return;
            }
            if (memory.isExhausted()) {
                // Evicting would make no room: what is captured stays, and this message is not captured.
                return;
            }
            evictOldest();
        }
        held.add(message);
        trimCloses();
    }

    @Override
    public synchronized void closed(Flow connection, CloseReason reason, boolean reset) {
        if (isOff() || reason == CloseReason.PROBE) {
            // A probe has no messages; its close would evict that of a connection that has.
            return;
        }
        Direction by = switch (reason) {
            case CLIENT, PROBE, ERROR -> Direction.IN;
            case IDLE, WRITE_STALL, DRAIN, OPERATOR, FAULT, ANSWERED, FRAMING -> Direction.OUT;
        };
        Instant now = Instant.ofEpochSecond(0, epochNanos.getAsLong());
        closes.add(new HeldClose(held.newest(), new CapturedClose(now, connection.connection(), by, reset)));
        trimCloses();
    }

    @Override
    public void removed() {
        List<Waiter> taken;
        synchronized (this) {
            removed = true;
            memory.release(held.size(), held.bytes());
            held.clear();
            closes.clear();
            taken = takeWaiters();
        }
        completeWaiters(taken);
    }

    /** Keeps the messages that still fit; {@code maxBytesPerMessage} applies to new messages only. */
    void change(CaptureSettings changed) {
        List<Waiter> taken;
        synchronized (this) {
            settings = changed;
            while (held.size() > changed.maxMessages()) {
                evictOldest();
            }
            evictUntil(epochNanos.getAsLong());
            taken = changed.enabled() ? List.of() : takeWaiters();
        }
        completeWaiters(taken);
    }

    synchronized CaptureStatus status() {
        evictUntil(epochNanos.getAsLong());
        return new CaptureStatus(settings, held.size(), held.oldest() - 1);
    }

    /** At least one message if there is any; ends with the message that reaches {@link #PAGE_BYTES}. */
    CapturePage page(CapturePosition after, int max) {
        long asked;
        long first;
        List<HeldMessage> messages;
        synchronized (this) {
            evictUntil(epochNanos.getAsLong());
            asked = in(after) + 1;
            first = Math.max(asked, held.oldest());
            messages = held.from(first, max);
        }
        List<CapturePage.Item> items = new ArrayList<>();
        int bytes = 0;
        for (HeldMessage message : messages) {
            items.add(new CapturePage.Item(first + items.size(), message.read()));
            bytes += message.head().length;
            if (bytes >= PAGE_BYTES) {
                break;
            }
        }
        return new CapturePage(items, new CapturePosition(id, first + items.size() - 1), first - asked);
    }

    /** The position in this capture; the start, if it belongs to an earlier capture. */
    private long in(CapturePosition position) {
        return position.capture() == id ? Math.min(position.message(), held.newest()) : 0;
    }

    /** All messages and closes held. */
    List<Captured> all() {
        long number;
        List<HeldMessage> messages;
        Deque<HeldClose> ends;
        synchronized (this) {
            evictUntil(epochNanos.getAsLong());
            number = held.oldest();
            messages = held.from(number, Integer.MAX_VALUE);
            ends = new ArrayDeque<>(closes);
        }
        List<Captured> all = new ArrayList<>(messages.size() + ends.size());
        for (HeldMessage message : messages) {
            all.add(message.read());
            while (!ends.isEmpty() && ends.element().after <= number) {
                all.add(ends.remove().close);
            }
            number++;
        }
        return all;
    }

    /** @return completes once there may be a message after the position, or none can follow */
    synchronized CompletableFuture<Void> available(CapturePosition after) {
        if (isOff() || in(after) < held.newest()) {
            return CompletableFuture.completedFuture(null);
        }
        Waiter waiter = new Waiter();
        waiters.add(waiter);
        waiter.available.whenComplete((nothing, failure) -> stopWaiting(waiter));
        return waiter.available;
    }

    private synchronized void stopWaiting(Waiter waiter) {
        waiters.remove(waiter);
    }

    /** Completes all waiters. */
    void wakeAll() {
        List<Waiter> taken;
        synchronized (this) {
            taken = takeWaiters();
        }
        completeWaiters(taken);
    }

    /** Evicts expired messages. @return false if this capture was removed */
    synchronized boolean sweep() {
        evictUntil(epochNanos.getAsLong());
        return !removed;
    }

    /** Evicts the oldest messages until the memory used is at most {@code cost} bytes. */
    synchronized void shrinkTo(long cost) {
        while (held.size() > 0 && CaptureMemory.cost(held.size(), held.bytes()) > cost) {
            evictOldest();
        }
    }

    private boolean isOff() {
        return removed || !settings.enabled();
    }

    private void evictUntil(long nowNanos) {
        long oldestAllowed = nowNanos - settings.ttl().toNanos();
        HeldMessage oldest = held.peek();
        while (oldest != null && oldest.atNanos() < oldestAllowed) {
            evictOldest();
            oldest = held.peek();
        }
        trimCloses();
    }

    private void evictOldest() {
        @Nullable HeldMessage oldest = held.peek();
        if (oldest == null) {
            return;
        }
        memory.release(1, oldest.head().length);
        held.removeOldest();
        while (!closes.isEmpty() && closes.element().after < held.oldest()) {
            closes.remove();
        }
    }

    private void trimCloses() {
        while (closes.size() > held.size()) {
            closes.remove();
        }
    }

    private List<Waiter> takeWaiters() {
        if (waiters.isEmpty()) {
            return List.of();
        }
        List<Waiter> taken = List.copyOf(waiters);
        waiters.clear();
        return taken;
    }

    private void completeWaiters(List<Waiter> taken) {
        taken.forEach(waiter -> waiterExecutor.execute(() -> waiter.available.complete(null)));
    }
}
