package dev.canyon.engine.fault;

import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Holds elements until they are due, each independent of the others. Elements that are due at the same time leave in the order in
 * which they were added. Used on one event loop.
 */
public final class DueQueue<T> {

    private final EventExecutor loop;
    private final Consumer<T> emit;
    private final Runnable emitted;
    private final PriorityQueue<Element<T>> elements = new PriorityQueue<>();
    private long added;
    private @Nullable ScheduledFuture<?> timer;
    private long timerAt;

    private record Element<T>(T value, long dueNanos, long number) implements Comparable<Element<T>> {
        @Override
        public int compareTo(Element<T> other) {
            long difference = dueNanos - other.dueNanos;
            return difference == 0 ? Long.compare(number, other.number) : Long.signum(difference);
        }
    }

    /**
     * @param emit receives each element when it is due
     * @param emitted called after all elements that are due were emitted
     */
    public DueQueue(EventExecutor loop, Consumer<T> emit, Runnable emitted) {
        this.loop = loop;
        this.emit = emit;
        this.emitted = emitted;
    }

    public boolean isEmpty() {
        return elements.isEmpty();
    }

    public int size() {
        return elements.size();
    }

    /** @param dueNanos on the clock of {@link System#nanoTime} */
    public void add(T value, long dueNanos) {
        elements.add(new Element<>(value, dueNanos, added++));
        schedule();
    }

    /** Removes all elements in the order in which they would have been emitted. */
    public List<T> drain() {
        List<T> drained = new ArrayList<>();
        for (Element<T> element = elements.poll(); element != null; element = elements.poll()) {
            drained.add(element.value);
        }
        schedule();
        return drained;
    }

    /** Removes one element; does nothing if it has been emitted. */
    public boolean remove(T value) {
        boolean removed = elements.removeIf(element -> element.value.equals(value));
        schedule();
        return removed;
    }

    private void schedule() {
        Element<T> head = elements.peek();
        if (timer != null && (head == null || head.dueNanos - timerAt != 0)) {
            timer.cancel(false);
            timer = null;
        }
        if (head != null && timer == null) {
            timerAt = head.dueNanos;
            timer = loop.schedule(this::emitDue, Math.max(0, head.dueNanos - System.nanoTime()), TimeUnit.NANOSECONDS);
        }
    }

    private void emitDue() {
        timer = null;
        long now = System.nanoTime();
        boolean any = false;
        for (Element<T> head = elements.peek(); head != null && head.dueNanos - now <= 0; head = elements.peek()) {
            elements.poll();
            emit.accept(head.value);
            any = true;
        }
        if (any) {
            emitted.run();
        }
        schedule();
    }
}
