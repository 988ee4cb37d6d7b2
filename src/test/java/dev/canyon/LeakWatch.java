package dev.canyon;

import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/**
 * Fails the test run if a buffer of Netty's was thrown away without being released. JUnit finds it by itself and makes it
 * before any test; the build sets Netty's leak detection to paranoid, at which each buffer counts.
 */
public final class LeakWatch implements BeforeAllCallback {

    private static final int LOOKS = 10;
    private static final long PAUSE_MILLIS = 50;

    private final Queue<String> leaks = new ConcurrentLinkedQueue<>();

    public LeakWatch() {
        ByteBufUtil.setLeakListener((resource, records) -> leaks.add(resource + records));
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        // Closed when the last test of the run is done.
        context.getRoot().getStore(Namespace.GLOBAL).computeIfAbsent(LeakWatch.class, key ->
                (AutoCloseable) this::failIfThereWasOne);
    }

    /** A leak is found once the garbage collector has been, and told of at the next buffer that is made. */
    private void failIfThereWasOne() throws InterruptedException {
        for (int i = 0; i < LOOKS; i++) {
            System.gc();
            Thread.sleep(PAUSE_MILLIS);
            ByteBufAllocator.DEFAULT.directBuffer().release();
        }
        if (!leaks.isEmpty()) {
            throw new AssertionError("LEAK: " + leaks.size() + " buffers were not released: " + leaks);
        }
    }
}
