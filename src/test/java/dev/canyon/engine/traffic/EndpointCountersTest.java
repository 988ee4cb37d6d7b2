package dev.canyon.engine.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.canyon.engine.peer.CloseReason;
import dev.canyon.engine.peer.DropReason;
import dev.canyon.engine.peer.RejectReason;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;

class EndpointCountersTest {

    private final EndpointCounters counters = new EndpointCounters();

    @Test
    void aResetHidesTheCountsButTheLifetimeIncludesThem() {
        count();
        counters.reset();
        EndpointCounters.Reading after = counters.read();
        assertThat(after.receivedBytes()).isZero();
        assertThat(after.sentMessages()).isZero();
        assertThat(after.dropped().values()).containsOnly(0L);
        assertThat(after.connections().closed().values()).containsOnly(0L);
        assertThat(after.connections().active()).isEqualTo(1);
        assertThat(after.connections().total()).isEqualTo(1);
        assertThat(after.lastActivity()).isNull();

        count();
        counters.reset();
        count();
        EndpointCounters.Reading since = counters.read();
        assertThat(since.receivedBytes()).isEqualTo(10);
        assertThat(since.dropped()).containsEntry(DropReason.OVERSIZE, 1L);
        // The open connections of all three rounds, and the one closed since the reset.
        assertThat(since.connections().total()).isEqualTo(4);

        EndpointCounters.Reading lifetime = since.lifetime();
        assertThat(lifetime.receivedBytes()).isEqualTo(30);
        assertThat(lifetime.sentMessages()).isEqualTo(3);
        assertThat(lifetime.dropped()).containsEntry(DropReason.OVERSIZE, 3L);
        assertThat(lifetime.connections().active()).isEqualTo(3);
        assertThat(lifetime.connections().total()).isEqualTo(6);
        assertThat(lifetime.connections().allRejected()).isEqualTo(3);
        assertThat(lifetime.connections().closed()).containsEntry(CloseReason.CLIENT, 3L);
    }

    /** Counts one of each kind; one of the two connections stays open. */
    private void count() {
        counters.received(1, 10, System.nanoTime());
        counters.sent(1, 10);
        counters.dropped(DropReason.OVERSIZE);
        counters.connections().openedWithin(0);
        counters.connections().openedWithin(0);
        counters.connections().closed(CloseReason.CLIENT);
        counters.connections().rejected(RejectReason.MAX_CONNECTIONS);
    }

    @Test
    void losesNothingThatIsCountedDuringAReset() throws Exception {
        Thread sender = new Thread(() -> {
            for (int i = 0; i < 200_000; i++) {
                counters.received(1, 1, System.nanoTime());
            }
        });
        sender.start();
        while (sender.isAlive()) {
            counters.reset();
            assertThat(counters.read().receivedBytes()).isNotNegative();
        }
        sender.join();
        assertThat(counters.read().lifetime().receivedBytes()).isEqualTo(200_000);
    }

    @Test
    void kernelDropsRemainCountedAfterTheSocketIsClosed() {
        AtomicLong kernel = new AtomicLong(5);
        LongSupplier drops = kernel::get;
        counters.addKernelDrops(drops);
        counters.reset();
        kernel.set(8);
        counters.removeKernelDrops(drops);
        kernel.set(100);
        assertThat(counters.read().dropped()).containsEntry(DropReason.KERNEL, 3L);
        assertThat(counters.read().lifetime().dropped()).containsEntry(DropReason.KERNEL, 8L);
    }
}
