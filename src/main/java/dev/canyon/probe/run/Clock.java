package dev.canyon.probe.run;

/** Nanoseconds since sending began; negative before. Any thread. */
final class Clock {

    private volatile long zero = System.nanoTime();

    void start() {
        zero = System.nanoTime();
    }

    long now() {
        return System.nanoTime() - zero;
    }
}
