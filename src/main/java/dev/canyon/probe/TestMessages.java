package dev.canyon.probe;

import dev.canyon.transport.Protocol;
import dev.canyon.transport.Sightings;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Sends test messages, each through a socket of its own that is closed when the call returns.
 *
 * <p>A call blocks for at most the message's timeouts, one of them as often as it is repeated, and a quarter of a second.
 */
public final class TestMessages {

    /** A listener may get round to accepting a moment after the handshake, which the kernel does alone. */
    private static final long SIGHTING_MILLIS = 250;

    private TestMessages() {}

    /**
     * Sends one message, as often as it says.
     *
     * @param target where to; the address is dialled as it is
     * @param sightings asks the listener there whom it saw, if it is ours
     * @param watch has run since the call began
     */
    public static TestResult send(
            Protocol protocol,
            InetSocketAddress target,
            TestMessage message,
            @Nullable Sightings sightings,
            Stopwatch watch) {
        TestResult result;
        try (Exchange exchange = Exchange.open(protocol, target, message, watch)) {
            result = run(exchange, sightings);
        } catch (IOException ex) {
            Failure failure = Failure.of(ex);
            return new TestResult(
                    null, null, List.of(new Attempt(failure.outcome(), new byte[0], watch.timing(), failure.detail())));
        }
        watch.closed();
        return result.closedAt(watch.timing().closedMicros());
    }

    private static TestResult run(Exchange exchange, @Nullable Sightings sightings) {
        int port = exchange.client().getPort();
        CompletableFuture<InetSocketAddress> sighting = sightings == null ? null : sightings.await(port);
        List<Attempt> attempts = new ArrayList<>();
        for (int left = exchange.message.repeat(); left > 0 && !exchange.isOver(); left--) {
            attempts.add(exchange.attempt(left == 1));
        }
        InetSocketAddress seen = sighting == null ? null : seen(sighting, wasSent(attempts.get(0)));
        return new TestResult(exchange.client(), seen, attempts);
    }

    private static boolean wasSent(Attempt attempt) {
        return attempt.timing().sentMicros() != null && attempt.outcome() != Outcome.REFUSED;
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
