package dev.canyon.engine.peer;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class ExpectedPeersTest {

    private static final InetSocketAddress CLIENT = new InetSocketAddress("127.0.0.1", 50_000);
    private static final InetSocketAddress OTHER_HOST = new InetSocketAddress("192.0.2.7", 50_000);
    private static final InetSocketAddress THIRD_HOST = new InetSocketAddress("192.0.2.8", 50_000);

    private final ExpectedPeers peers = new ExpectedPeers();

    @Test
    void anotherHostWithTheSamePortIsNotMistakenForTheClient() throws Exception {
        try (ExpectedPeers.Expected expected = peers.expect(CLIENT.getPort())) {
            peers.seen(OTHER_HOST);
            peers.seen(CLIENT);
            assertThat(expected.await(CLIENT, 5_000)).isEqualTo(CLIENT);
        }
    }

    @Test
    void waitsForTheClientWhenAnotherHostComesFirst() throws Exception {
        try (ExpectedPeers.Expected expected = peers.expect(CLIENT.getPort())) {
            peers.seen(OTHER_HOST);
            CompletableFuture<InetSocketAddress> seen = CompletableFuture.supplyAsync(() -> await(expected));
            peers.seen(CLIENT);
            assertThat(seen.join()).isEqualTo(CLIENT);
        }
    }

    @Test
    void theOnlyPeerWithThatPortIsTheClientBehindAddressTranslation() throws Exception {
        try (ExpectedPeers.Expected expected = peers.expect(CLIENT.getPort())) {
            peers.seen(OTHER_HOST);
            assertThat(expected.await(CLIENT, 0)).isEqualTo(OTHER_HOST);
        }
    }

    @Test
    void reportsNoAddressIfSeveralPeersCouldBeTheClient() throws Exception {
        try (ExpectedPeers.Expected expected = peers.expect(CLIENT.getPort())) {
            peers.seen(OTHER_HOST);
            peers.seen(THIRD_HOST);
            assertThat(expected.await(CLIENT, 0)).isNull();
        }
    }

    @Test
    void reportsOnceWhyTheClientWasNotServed() {
        try (ExpectedPeers.Expected expected = peers.expect(CLIENT.getPort())) {
            assertThat(expected.takeNotServed(CLIENT)).isNull();
            peers.notServed(OTHER_HOST, DropReason.BAD_SOURCE);
            peers.notServed(CLIENT, DropReason.RATE);
            assertThat(expected.takeNotServed(CLIENT)).isEqualTo(DropReason.RATE);
            assertThat(expected.takeNotServed(CLIENT)).isNull();
            peers.notServed(OTHER_HOST, RejectReason.NOT_ALLOWED);
            assertThat(expected.takeNotServed(CLIENT)).isEqualTo(RejectReason.NOT_ALLOWED);
            peers.notServed(OTHER_HOST, DropReason.RATE);
            peers.notServed(THIRD_HOST, DropReason.EMPTY);
            assertThat(expected.takeNotServed(CLIENT)).isNull();
            peers.notServed(new InetSocketAddress("127.0.0.1", 50_001), DropReason.RATE);
            assertThat(expected.takeNotServed(CLIENT)).isNull();
        }
        peers.notServed(CLIENT, DropReason.RATE);
    }

    @Test
    void twoClientsMayExpectTheSamePort() throws Exception {
        try (ExpectedPeers.Expected one = peers.expect(CLIENT.getPort());
                ExpectedPeers.Expected other = peers.expect(CLIENT.getPort())) {
            peers.seen(CLIENT);
            peers.seen(OTHER_HOST);
            assertThat(one.await(CLIENT, 0)).isEqualTo(CLIENT);
            assertThat(other.await(OTHER_HOST, 0)).isEqualTo(OTHER_HOST);
        }
    }

    @Test
    void recordsNothingAfterClose() throws Exception {
        ExpectedPeers.Expected expected = peers.expect(CLIENT.getPort());
        expected.close();
        peers.seen(CLIENT);
        assertThat(expected.await(CLIENT, 0)).isNull();
    }

    @Test
    void aClientIsExpectedWhileAnotherOneOfTheSamePortIsClosed() throws Exception {
        AtomicBoolean done = new AtomicBoolean();
        CompletableFuture<Void> others = CompletableFuture.runAsync(() -> {
            while (!done.get()) {
                peers.expect(CLIENT.getPort()).close();
            }
        });
        for (int i = 0; i < 200_000; i++) {
            try (ExpectedPeers.Expected expected = peers.expect(CLIENT.getPort())) {
                peers.seen(CLIENT);
                assertThat(expected.await(CLIENT, 0)).isEqualTo(CLIENT);
            }
        }
        done.set(true);
        others.join();
    }

    private static InetSocketAddress await(ExpectedPeers.Expected expected) {
        try {
            return Objects.requireNonNull(expected.await(CLIENT, 5_000));
        } catch (InterruptedException ex) {
            throw new IllegalStateException(ex);
        }
    }
}
