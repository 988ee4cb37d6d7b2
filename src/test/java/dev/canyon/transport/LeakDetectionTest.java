package dev.canyon.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.util.ResourceLeakDetector;
import org.junit.jupiter.api.Test;

class LeakDetectionTest {

    /** The build sets it for all tests; a transport that turned it off would let every leak pass. */
    @Test
    void isAsStrictAsTheBuildAskedFor() {
        try (EchoTransport started = EchoTransport.start(TransportKind.NIO)) {
            assertThat(started.kind()).isEqualTo(TransportKind.NIO);
            assertThat(ResourceLeakDetector.getLevel()).isEqualTo(ResourceLeakDetector.Level.PARANOID);
        }
    }
}
