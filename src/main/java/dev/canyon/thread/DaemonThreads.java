package dev.canyon.thread;

import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Creates the background threads of Canyon: daemon threads, which do not keep the process alive, with names that identify
 * them in a thread dump. Event loops are created by Netty instead.
 */
public final class DaemonThreads {

    private DaemonThreads() {}

    /** Creates a thread without starting it. */
    public static Thread create(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    /** A factory for an executor with a single thread. If the executor replaces the thread, the name stays the same. */
    public static ThreadFactory named(String name) {
        return task -> create(name, task);
    }

    /** A factory for an executor with several threads: {@code prefix-1}, {@code prefix-2} and so on. */
    public static ThreadFactory numbered(String prefix) {
        AtomicInteger created = new AtomicInteger();
        return task -> create(prefix + "-" + created.incrementAndGet(), task);
    }
}
