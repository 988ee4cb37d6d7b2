package dev.canyon.engine.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.canyon.engine.kernel.PendingWrites;
import dev.canyon.engine.traffic.ByteBudget;
import io.netty.channel.embedded.EmbeddedChannel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HeldBytesTest {

    private final ByteBudget budget = new ByteBudget(100);
    private final EmbeddedChannel channel = new EmbeddedChannel();
    private final ReadGate gate = new ReadGate(channel.config());
    private final HeldBytes held = new HeldBytes(channel, budget, gate);

    @AfterEach
    void close() {
        channel.finishAndReleaseAll();
    }

    @Test
    void reportsToTheBudgetWhatHandlersKeepBack() {
        held.keepBack(60);
        held.keepBack(30);
        assertThat(budget.held()).isEqualTo(90);
        assertThat((held.keptBack() + PendingWrites.of(channel).bytes())).isEqualTo(90);
        assertThat(held.any()).isTrue();

        held.release(90);
        assertThat(budget.held()).isZero();
        assertThat(held.any()).isFalse();
    }

    @Test
    void aConnectionThatHoldsBytesIsNotReadWhileTheBudgetIsExceeded() {
        held.keepBack(101);
        assertThat(channel.config().isAutoRead()).isFalse();

        held.release(101);
        assertThat(channel.config().isAutoRead()).isTrue();
    }

    /** Handlers drop what they keep back when they are removed, which happens after the socket is closed. */
    @Test
    void theBudgetGetsBackNoMoreThanWasTakenWhenAHandlerReleasesAfterTheClose() {
        held.keepBack(60);
        held.close();
        assertThat(budget.held()).isZero();

        held.release(60);
        assertThat(budget.held()).isZero();
        assertThat((held.keptBack() + PendingWrites.of(channel).bytes())).isZero();

        held.keepBack(10);
        assertThat(budget.held()).isZero();
    }

    @Test
    void bytesThatAreKeptBackAreNotWaitingForThePeer() {
        held.keepBack(60);
        assertThat(held.waitsForPeer()).isFalse();
    }
}
