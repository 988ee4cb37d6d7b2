package dev.canyon.transport;

import io.netty.channel.EventLoopGroup;
import io.netty.util.concurrent.EventExecutor;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.StreamSupport;

/**
 * Measures how late event loops are: each one notes the time twice a second. A loop that is busy or blocked notes it late,
 * and one that is stuck right now shows by how long its next note is overdue.
 */
final class LoopLag {

    private static final long NOTE_EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private final List<Note> notes;

    LoopLag(EventLoopGroup loops) {
        notes = StreamSupport.stream(loops.spliterator(), false).map(Note::new).toList();
    }

    Duration worst() {
        long now = System.nanoTime();
        return Duration.ofNanos(
                notes.stream().mapToLong(note -> note.lagNanos(now)).max().orElse(0));
    }

    private static final class Note implements Runnable {

        private volatile long dueAt = System.nanoTime() + NOTE_EVERY_NANOS;
        private volatile long lastLag;

        Note(EventExecutor loop) {
            loop.scheduleWithFixedDelay(this, NOTE_EVERY_NANOS, NOTE_EVERY_NANOS, TimeUnit.NANOSECONDS);
        }

        @Override
        public void run() {
            long now = System.nanoTime();
            lastLag = Math.max(0, now - dueAt);
            dueAt = now + NOTE_EVERY_NANOS;
        }

        long lagNanos(long now) {
            return Math.max(lastLag, Math.max(0, now - dueAt));
        }
    }
}
