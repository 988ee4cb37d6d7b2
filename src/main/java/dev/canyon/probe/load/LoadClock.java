package dev.canyon.probe.load;

/** Nanoseconds since sending began; 0 until then. Thread-safe. */
final class LoadClock {

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
