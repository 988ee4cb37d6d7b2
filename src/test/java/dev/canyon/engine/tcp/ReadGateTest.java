package dev.canyon.engine.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.canyon.engine.peer.PauseReason;
import io.netty.channel.ChannelConfig;
import io.netty.channel.embedded.EmbeddedChannel;
import org.junit.jupiter.api.Test;

class ReadGateTest {

    private final ChannelConfig config = new EmbeddedChannel().config();
    private final ReadGate gate = new ReadGate(config);

    @Test
    void readsOnlyWhileNoReasonHolds() {
        gate.pause(PauseReason.BACK_PRESSURE);
        gate.pause(PauseReason.BYTE_BUDGET);
        assertThat(config.isAutoRead()).isFalse();
        assertThat(gate.reasons()).containsExactly(PauseReason.BACK_PRESSURE, PauseReason.BYTE_BUDGET);

        gate.resume(PauseReason.BACK_PRESSURE);
        assertThat(config.isAutoRead()).isFalse();
        assertThat(gate.reasons()).containsExactly(PauseReason.BYTE_BUDGET);

        gate.resume(PauseReason.BYTE_BUDGET);
        assertThat(config.isAutoRead()).isTrue();
        assertThat(gate.reasons()).isEmpty();
    }

    @Test
    void resumingForAReasonThatDoesNotHoldChangesNothing() {
        gate.pause(PauseReason.BACK_PRESSURE);
        gate.resume(PauseReason.BYTE_BUDGET);
        assertThat(config.isAutoRead()).isFalse();
    }

    @Test
    void onceOpenNoReasonPausesReading() {
        gate.pause(PauseReason.BACK_PRESSURE);
        gate.open();
        assertThat(config.isAutoRead()).isTrue();
        gate.pause(PauseReason.BYTE_BUDGET);
        assertThat(config.isAutoRead()).isTrue();
        assertThat(gate.reasons()).isEmpty();
    }
}
