package dev.canyon.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.canyon.engine.Endpoints.Opened;
import dev.canyon.engine.endpoint.EchoEndpoint;
import dev.canyon.engine.endpoint.EndpointSpec;
import dev.canyon.engine.endpoint.TcpSettings;
import dev.canyon.engine.kernel.TransportKind;
import dev.canyon.engine.peer.CloseMode;
import dev.canyon.engine.peer.Peer;
import dev.canyon.engine.peer.SocketObserver;
import dev.canyon.engine.traffic.Observation;
import dev.canyon.thread.EventLoopBlockedException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What is asked of an event loop that does not answer fails with a clear reason, and is done once it answers. */
@Execution(ExecutionMode.CONCURRENT)
@Timeout(60)
class BlockedLoopTest {

    /** Its own transport, so that no other test waits. Each answer is awaited for ten seconds, so all at the same time. */
    @Test
    void whatIsAskedOfABlockedLoopIsDoneOnceItAnswers() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        try (EchoTransport transport = EchoTransport.start(TransportKind.NIO)) {
            Observation observation = Observation.by(SocketObserver.NONE);
            EndpointSpec spec = Endpoints.spec("127.0.0.1", 0, TcpSettings.defaults());
            EchoEndpoint endpoint = transport.open(spec.address().resolve(), spec, observation);
            Opened opened = new Opened(
                    endpoint, observation.counters(), observation.peers(), observation.taps(), observation.faults());
            try (TcpClient client = TcpClient.connect(endpoint.address());
                    TcpClient other = TcpClient.connect(endpoint.address())) {
                client.send(new byte[] {1}).read(1);
                other.send(new byte[] {1}).read(1);
                List<Peer> peers = opened.peers().after(0, 10);
                opened.peers()
                        .connections()
                        .forEach(connection -> connection.loop().execute(() -> await(release)));

                CompletableFuture<?> fault = attempt(() -> Faults.add(opened.faults(), "silence"));
                CompletableFuture<?> list = attempt(() -> opened.peers().after(0, 10));
                CompletableFuture<Optional<Peer>> close =
                        opened.peers().close(peers.get(1).id(), CloseMode.RESET, Duration.ZERO);
                assertBlocked(fault, "takes effect for its connections as soon as it answers");
                assertBlocked(list, "try again");
                assertBlocked(close, "is closed as soon as it answers");
                assertThat(opened.faults().inForce()).isEqualTo(1);

                release.countDown();
                assertThatThrownBy(() -> other.read(1)).hasMessageContaining("reset");
                client.send(new byte[] {2}).shutdown();
                assertThat(client.readToEnd()).isEmpty();
                assertThat(opened.peers().after(0, 10)).hasSizeLessThan(2);
            } finally {
                release.countDown();
                endpoint.close(Duration.ZERO).join();
            }
        }
    }

    private static CompletableFuture<?> attempt(Runnable action) {
        return CompletableFuture.runAsync(action, task -> new Thread(task, "asks-a-blocked-loop").start());
    }

    private static void await(CountDownLatch release) {
        try {
            release.await();
        } catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
        }
    }

    private static void assertBlocked(CompletableFuture<?> answer, String consequence) {
        assertThat(answer)
                .failsWithin(Duration.ofSeconds(30))
                .withThrowableOfType(ExecutionException.class)
                .withCauseInstanceOf(EventLoopBlockedException.class)
                .withMessageContaining("an event loop has not answered for 10 s: ")
                .withMessageContaining(consequence);
    }
}
