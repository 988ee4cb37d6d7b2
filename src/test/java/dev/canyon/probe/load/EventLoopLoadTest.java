package dev.canyon.probe.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.canyon.probe.run.Specs;
import dev.canyon.probe.spec.RunSpec;
import io.netty.channel.DefaultEventLoop;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A loop that is busy until the end of a run must not seem to have had a lower rate. */
class EventLoopLoadTest {

    @Test
    void reportsMessagesThatABusyLoopDidNotSend() throws Exception {
        RunSpec spec = Specs.during(Duration.ofMillis(50)).over(2).at(1_000).spec();
        DefaultEventLoop loop = new DefaultEventLoop();
        try {
            LoadClock clock = new LoadClock();
            EventLoopLoad load = new EventLoopLoad(loop, clock, spec);
            for (int index = 0; index < 2; index++) {
                load.add(new TcpLoadFlow(index, load, spec, new LoadPayload(64), null, new HandshakeMeter(), () -> {}));
            }
            loop.submit(() -> {
                        clock.start();
                        load.start();
                        while (clock.now() < spec.duration().toNanos()) {
                            Thread.onSpinWait();
                        }
                        load.stop();
                    })
                    .get(20, TimeUnit.SECONDS);
            assertThat(load.counters.unsent.sum()).isEqualTo(50);
        } finally {
            loop.shutdownGracefully(0, 1, TimeUnit.SECONDS);
        }
    }
}
