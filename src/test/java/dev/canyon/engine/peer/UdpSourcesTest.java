package dev.canyon.engine.peer;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class UdpSourcesTest {

    private static final InetSocketAddress LOCAL = new InetSocketAddress("127.0.0.1", 7007);

    private final AtomicLong ids = new AtomicLong();
    private final UdpSources sources = new UdpSources(ids::incrementAndGet);

    @Test
    void keepsTheMostRecentSources() {
        for (int i = 0; i < UdpSources.MAX_SOURCES; i++) {
            see(i);
        }
        see(0);
        see(UdpSources.MAX_SOURCES);
        List<Integer> ports = sources.after(0, 2 * UdpSources.MAX_SOURCES).stream()
                .map(peer -> peer.remote().getPort())
                .toList();
        // The second is the least recent one, because the first was seen again.
        assertThat(ports)
                .hasSize(UdpSources.MAX_SOURCES)
                .contains(1, 3, UdpSources.MAX_SOURCES + 1)
                .doesNotContain(2);
    }

    @Test
    void aSourceKeepsItsIdUntilItIsEvicted() {
        see(1);
        see(2);
        see(1);
        assertThat(sources.after(0, 10)).extracting(Peer::id).containsExactly(1L, 2L);
        assertThat(sources.after(0, 10)).extracting(Peer::receivedMessages).containsExactly(2L, 1L);
        assertThat(sources.after(1, 10)).extracting(Peer::id).containsExactly(2L);
        assertThat(sources.after(0, 1)).extracting(Peer::id).containsExactly(1L);
        sources.clear();
        see(1);
        assertThat(sources.after(0, 10)).extracting(Peer::id).containsExactly(3L);
    }

    @Test
    void isUpdatedOncePerSourceInABatch() {
        List<Integer> recorded = new ArrayList<>();
        SourceBatch batch = new SourceBatch((remote, local, datagrams, receivedBytes, sentBytes, atNanos) -> {
            recorded.add(remote.getPort());
            sources.seen(remote, local, datagrams, receivedBytes, sentBytes, atNanos);
        });
        for (int i = 0; i < 16; i++) {
            batch.add(source(i % 2), 10, i % 4 != 0);
        }
        assertThat(recorded).as("before the end of the batch").isEmpty();
        batch.end(LOCAL, System.nanoTime());
        batch.end(LOCAL, System.nanoTime());
        assertThat(recorded).containsExactly(1, 2);
        List<Peer> seen = sources.after(0, 10);
        assertThat(seen).extracting(Peer::receivedMessages).containsExactly(8L, 8L);
        assertThat(seen).extracting(Peer::receivedBytes).containsExactly(80L, 80L);
        assertThat(seen).extracting(Peer::sentBytes).containsExactly(40L, 80L);
    }

    private void see(int number) {
        sources.seen(source(number), LOCAL, 1, 1, 1, System.nanoTime());
    }

    private static InetSocketAddress source(int number) {
        return new InetSocketAddress("127.0.0.1", number + 1);
    }
}
