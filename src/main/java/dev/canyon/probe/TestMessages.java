package dev.canyon.probe;

import dev.canyon.transport.Protocol;
import dev.canyon.transport.Sightings;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Sends test messages, each through a socket of its own that is closed when the call returns.
 *
 * <p>A call blocks for at most the message's two timeouts and a quarter of a second.
 */
public final class TestMessages {

    /** A listener may get round to accepting a moment after the handshake, which the kernel does alone. */
    private static final long SIGHTING_MILLIS = 250;

    private TestMessages() {}

    /**
     * Sends one message.
     *
     * @param target where to; the address is dialled as it is
     * @param sightings asks the listener there whom it saw, if it is ours
     */
    public static TestResult send(
            Protocol protocol, InetSocketAddress target, TestMessage message, @Nullable Sightings sightings) {
        Stopwatch watch = new Stopwatch();
        watch.resolved();
        TestResult result;
        try (Exchange exchange = Exchange.open(protocol, target, message, watch)) {
            result = run(exchange, sightings);
        } catch (IOException ex) {
            Failure failure = Failure.of(ex);
            return new TestResult(failure.outcome(), null, null, new byte[0], watch.timing(), failure.detail());
        }
        watch.closed();
        return result.timed(watch.timing());
    }

    private static TestResult run(Exchange exchange, @Nullable Sightings sightings) {
        InetSocketAddress bound = exchange.client();
        CompletableFuture<InetSocketAddress> sighting = sightings == null ? null : sightings.await(bound.getPort());
        Failure failure = run(exchange);
        InetSocketAddress seen = sighting == null ? null : seen(sighting, failure == null);
        return new TestResult(
                failure == null ? exchange.outcome() : failure.outcome(),
                exchange.client(),
                seen,
                exchange.received(),
                exchange.watch.timing(),
                failure == null ? exchange.detail() : failure.detail());
    }

    private static @Nullable Failure run(Exchange exchange) {
        try {
            exchange.run();
            return null;
        } catch (IOException ex) {
            return Failure.of(ex);
        }
    }

    private static @Nullable InetSocketAddress seen(CompletableFuture<InetSocketAddress> sighting, boolean expected) {
        try {
            return sighting.get(expected ? SIGHTING_MILLIS : 0, TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException ex) {
            return null;
        } catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
            return null;
        } finally {
            sighting.cancel(false);
        }
    }
}
