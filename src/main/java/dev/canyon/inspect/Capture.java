package dev.canyon.inspect;

import dev.canyon.transport.CloseReason;
import dev.canyon.transport.Flow;
import dev.canyon.transport.Tap;
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
 * The newest messages of one listener. Each has a number, from 1 without a gap, and the oldest always go first: so what
 * was evicted are the numbers below the oldest that is held.
 *
 * <p>Event loops come here for every message. Under the lock they only move references; bytes are copied before it, and
 * who waits for a message is woken on another thread.
 */
final class Capture implements Tap {

    /** Bytes of payload after which a page ends: as text, and twice, they become several times as many. */
    private static final int PAGE_BYTES = 1024 * 1024;

    private final long id;
    private final CaptureMemory memory;
    private final LongSupplier epochNanos;
    private final Executor waker;
    private final Told told;
    private final HeldMessages held = new HeldMessages();
    /** Never more than there are messages: one whose connection has no message left is of no use. */
    private final Deque<HeldClose> closes = new ArrayDeque<>();

    private final Set<Waiter> waiting = new HashSet<>();
    private volatile CaptureSettings settings;
    private boolean removed;

    /** The end of a connection, and the number of the last message before it. */
    private record HeldClose(long after, CapturedClose close) {}

    /** Somebody who waits for the next message. */
    private static final class Waiter {
        private final CompletableFuture<Void> something = new CompletableFuture<>();
    }

    /** Is told of each message that is captured, on its event loop. */
    @FunctionalInterface
    interface Told {

        /** @param bytes of the whole message */
        void message(Direction direction, Flow flow, int bytes);
    }

    /**
     * @param id used by no other capture
     * @param waker runs what those who wait for a message do then
     */
    Capture(
            long id,
            CaptureSettings settings,
            CaptureMemory memory,
            LongSupplier epochNanos,
            Executor waker,
            Told told) {
        this.id = id;
        this.settings = settings;
        this.memory = memory;
        this.epochNanos = epochNanos;
        this.waker = waker;
        this.told = told;
    }

    @Override
    public void received(Flow flow, ByteBuffer bytes) {
        hold(Direction.IN, flow, bytes);
    }

    @Override
    public void sent(Flow flow, ByteBuffer bytes) {
        hold(Direction.OUT, flow, bytes);
    }

    private void hold(Direction direction, Flow flow, ByteBuffer bytes) {
        int length = bytes.remaining();
        byte[] head = new byte[Math.min(length, settings.maxBytesPerMessage())];
        bytes.get(head);
        List<Waiter> woken;
        synchronized (this) {
            if (isOff()) {
                return;
            }
            long now = epochNanos.getAsLong();
            evictUntil(now);
            hold(new HeldMessage(now, direction, flow, head, length));
            woken = takeWaiting();
        }
        told.message(direction, flow, length);
        wake(woken);
    }

    private void hold(HeldMessage message) {
        if (held.size() >= settings.maxMessages()) {
            evictOldest();
        }
        while (!memory.takeFor(message)) {
            if (held.size() == 0) {
                held.pass();
                return;
            }
            evictOldest();
        }
        held.add(message);
        trimCloses();
    }

    @Override
    public synchronized void closed(Flow connection, CloseReason reason, boolean reset) {
        if (isOff()) {
            return;
        }
        Direction by = switch (reason) {
            case CLIENT, ERROR -> Direction.IN;
            case IDLE, WRITE_STALL, DRAIN, OPERATOR -> Direction.OUT;
        };
        Instant now = Instant.ofEpochSecond(0, epochNanos.getAsLong());
        closes.add(new HeldClose(held.newest(), new CapturedClose(now, connection.connection(), by, reset)));
        trimCloses();
    }

    @Override
    public void removed() {
        List<Waiter> woken;
        synchronized (this) {
            removed = true;
            memory.giveBack(held.size(), held.bytes());
            held.clear();
            closes.clear();
            woken = takeWaiting();
        }
        wake(woken);
    }

    /** Holds what is held as far as it fits; how much of a message is kept concerns those that come from now on. */
    void change(CaptureSettings changed) {
        List<Waiter> woken;
        synchronized (this) {
            settings = changed;
            while (held.size() > changed.maxMessages()) {
                evictOldest();
            }
            evictUntil(epochNanos.getAsLong());
            woken = changed.enabled() ? List.of() : takeWaiting();
        }
        wake(woken);
    }

    synchronized CaptureStatus status() {
        evictUntil(epochNanos.getAsLong());
        return new CaptureStatus(settings, held.size(), held.oldest() - 1);
    }

    /** At least one message if there is one, and not many more than {@link #PAGE_BYTES}. */
    CapturePage page(CapturePosition after, int atMost) {
        long asked;
        long first;
        List<HeldMessage> messages;
        synchronized (this) {
            evictUntil(epochNanos.getAsLong());
            asked = in(after) + 1;
            first = Math.max(asked, held.oldest());
            messages = held.from(first, atMost);
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

    /** The place as one in this capture: all of it comes after what was in another. */
    private long in(CapturePosition position) {
        return position.capture() == id ? Math.min(position.message(), held.newest()) : 0;
    }

    /** Everything that is held, the ends of connections too. */
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

    /** @return completes when there is, or may be, something after the place, or nothing can come any more */
    synchronized CompletableFuture<Void> something(CapturePosition after) {
        if (isOff() || in(after) < held.newest()) {
            return CompletableFuture.completedFuture(null);
        }
        Waiter waiter = new Waiter();
        waiting.add(waiter);
        waiter.something.whenComplete((nothing, failure) -> stopWaiting(waiter));
        return waiter.something;
    }

    private synchronized void stopWaiting(Waiter waiter) {
        waiting.remove(waiter);
    }

    /** Lets nobody wait any longer. */
    void wakeAll() {
        List<Waiter> woken;
        synchronized (this) {
            woken = takeWaiting();
        }
        wake(woken);
    }

    /** Lets go what is too old. @return false if this capture has ended */
    synchronized boolean sweep() {
        evictUntil(epochNanos.getAsLong());
        return !removed;
    }

    /** Lets the oldest go until what is held costs no more than this, in bytes. */
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
        memory.giveBack(1, oldest.head().length);
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

    private List<Waiter> takeWaiting() {
        if (waiting.isEmpty()) {
            return List.of();
        }
        List<Waiter> taken = List.copyOf(waiting);
        waiting.clear();
        return taken;
    }

    private void wake(List<Waiter> woken) {
        woken.forEach(waiter -> waker.execute(() -> waiter.something.complete(null)));
    }
}
