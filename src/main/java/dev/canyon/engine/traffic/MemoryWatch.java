package dev.canyon.engine.traffic;

import dev.canyon.engine.kernel.proc.ContainerMemory;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Watches the memory of the container, which also contains the kernel's socket buffers, and declares it scarce before the kernel
 * kills the process: see {@link ByteBudget}. A sixteenth remains free for what the JVM needs meanwhile.
 *
 * <p>Runs ten times a second, and a hundred times while less than a quarter is free.
 */
public final class MemoryWatch implements Runnable {

    private static final int RARELY_MS = 100;
    private static final int OFTEN_MS = 10;

    private final ContainerMemory memory;
    private final ByteBudget budget;
    private final ScheduledExecutorService executor;

    private MemoryWatch(ContainerMemory memory, ByteBudget budget, ScheduledExecutorService executor) {
        this.memory = memory;
        this.budget = budget;
        this.executor = executor;
    }

    /** Does nothing on a host without a memory limit. Ends with the executor. */
    public static void start(ByteBudget budget, ScheduledExecutorService executor) {
        ContainerMemory.ofThisProcess().ifPresent(memory -> new MemoryWatch(memory, budget, executor).run());
    }

    @Override
    public void run() {
        long free = memory.limit() - memory.used();
        budget.setScarce(free < memory.limit() / 16);
        if (!executor.isShutdown()) {
            executor.schedule(this, free < memory.limit() / 4 ? OFTEN_MS : RARELY_MS, TimeUnit.MILLISECONDS);
        }
    }
}
