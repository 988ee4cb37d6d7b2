package dev.canyon.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.canyon.engine.kernel.TransportKind;
import io.netty.util.ResourceLeakDetector;
import org.junit.jupiter.api.Test;

class LeakDetectionTest {

    /** The build sets the level for all tests; a transport that disabled detection would hide every leak. */
    @Test
    void keepsTheLevelSetByTheBuild() {
        try (EchoTransport started = EchoTransport.start(TransportKind.NIO)) {
            assertThat(started.kind()).isEqualTo(TransportKind.NIO);
            assertThat(ResourceLeakDetector.getLevel()).isEqualTo(ResourceLeakDetector.Level.PARANOID);
        }
    }
}
