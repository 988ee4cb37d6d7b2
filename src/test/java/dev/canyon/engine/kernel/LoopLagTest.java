package dev.canyon.engine.kernel;

import static org.awaitility.Awaitility.await;

import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class LoopLagTest {

    @Test
    void aBlockedLoopIsReportedWhileItIsBlocked() throws Exception {
        MultiThreadIoEventLoopGroup loops = new MultiThreadIoEventLoopGroup(2, NioIoHandler.newFactory());
        try {
            LoopLag lag = new LoopLag(loops);
            CountDownLatch release = new CountDownLatch(1);
            loops.next().execute(() -> {
                try {
                    release.await();
                } catch (InterruptedException ex) {
                    Thread.currentThread().interrupt();
                }
            });
            await().atMost(Duration.ofSeconds(10)).until(() -> lag.worst().compareTo(Duration.ofSeconds(2)) > 0);
            release.countDown();
            await().atMost(Duration.ofSeconds(10)).until(() -> lag.worst().compareTo(Duration.ofSeconds(1)) < 0);
        } finally {
            loops.shutdownGracefully().await();
        }
    }
}
