package dev.canyon.transport;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Who has lately sent datagrams to a listener, whether they were answered or not: the 1,024 seen last, so forged sources cost
 * bounded memory. Locked: an event loop takes the lock once per source and read batch, and hardly ever has to wait for a
 * reader.
 */
final class UdpSources implements SourceBatch.Sink {

    static final int MOST = 1_024;

    private final LongSupplier ids;

    private final Map<Flow, Source> byFlow = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Flow, Source> eldest) {
            return size() > MOST;
        }
    };

    private record Flow(InetSocketAddress remote, InetSocketAddress local) {}

    private static final class Source {
        private final long id;
        private final long openedAtMillis = System.currentTimeMillis();
        private long datagrams;
        private long receivedBytes;
        private long sentBytes;
        private long seenAtNanos;

        Source(long id) {
            this.id = id;
        }

        Peer look(Flow flow) {
            return new Peer(
                    id,
                    Protocol.UDP,
                    flow.remote,
                    flow.local,
                    Instant.ofEpochMilli(openedAtMillis),
                    receivedBytes,
                    datagrams,
                    sentBytes,
                    0,
                    Duration.ofNanos(System.nanoTime() - seenAtNanos));
        }
    }

    UdpSources(LongSupplier ids) {
        this.ids = ids;
    }

    @Override
    public synchronized void seen(
            InetSocketAddress remote,
            InetSocketAddress local,
            long datagrams,
            long receivedBytes,
            long sentBytes,
            long atNanos) {
        Source source = byFlow.get(new Flow(remote, local));
        if (source == null) {
            source = new Source(ids.getAsLong());
            // A copy: what Netty hands out keeps more alive than the address.
            byFlow.put(new Flow(new InetSocketAddress(remote.getAddress(), remote.getPort()), local), source);
        }
        source.datagrams += datagrams;
        source.receivedBytes += receivedBytes;
        source.sentBytes += sentBytes;
        source.seenAtNanos = atNanos;
    }

    synchronized List<Peer> after(long id, int atMost) {
        return byFlow.entrySet().stream()
                .filter(entry -> entry.getValue().id > id)
                .map(entry -> entry.getValue().look(entry.getKey()))
                .sorted(Comparator.comparingLong(Peer::id))
                .limit(atMost)
                .toList();
    }

    synchronized void clear() {
        byFlow.clear();
    }
}
