package dev.canyon.observe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.canyon.listener.directory.ListenerState;
import dev.canyon.listener.endpoint.FailureReason;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Status;

class ListenerHealthTest {

    private static Status failedBecauseOf(FailureReason reason) {
        return ListenerHealth.status(new ListenerState.Failed(reason, "detail", Instant.EPOCH, null));
    }

    @Test
    void saysWhatOfTheListenerFailed() {
        assertThat(failedBecauseOf(FailureReason.PORT_IN_USE).getDescription())
                .isEqualTo("the listener is enabled, but its port could not be bound");
        assertThat(failedBecauseOf(FailureReason.TLS_UNAVAILABLE).getDescription())
                .isEqualTo("the listener is enabled, but its TLS cannot be used");
        assertThat(ListenerHealth.status(new ListenerState.Stopped())).isEqualTo(Status.UP);
    }
}
