package dev.canyon.probe.run;

/** Nanoseconds since sending began; 0 until then. Any thread. */
final class Clock {

    private volatile long zero;
    private volatile boolean started;

    void start() {
        zero = System.nanoTime();
        started = true;
    }

    long now() {
        return started ? System.nanoTime() - zero : 0;
    }
}
