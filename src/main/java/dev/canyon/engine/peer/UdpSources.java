package dev.canyon.engine.peer;

import dev.canyon.net.Protocol;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * The 1,024 most recent sources of datagrams, whether they were answered or not; the bound limits the memory that forged
 * sources can cost. Event loops take the lock once per source and read batch, so contention with readers is rare.
 */
public final class UdpSources implements SourceBatch.Sink {

    static final int MAX_SOURCES = 1_024;

    private final LongSupplier ids;

    private final Map<Key, Source> byKey = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Source> eldest) {
            return size() > MAX_SOURCES;
        }
    };

    private record Key(InetSocketAddress remote, InetSocketAddress local) {}

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

        Peer snapshot(Key key) {
            return new Peer(
                    id,
                    Protocol.UDP,
                    key.remote,
                    key.local,
                    Instant.ofEpochMilli(openedAtMillis),
                    receivedBytes,
                    datagrams,
                    sentBytes,
                    0,
                    Duration.ofNanos(System.nanoTime() - seenAtNanos),
                    Set.of());
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
        Source source = byKey.get(new Key(remote, local));
        if (source == null) {
            source = new Source(ids.getAsLong());
            // A copy, because Netty's object retains more than the address.
            byKey.put(new Key(new InetSocketAddress(remote.getAddress(), remote.getPort()), local), source);
        }
        source.datagrams += datagrams;
        source.receivedBytes += receivedBytes;
        source.sentBytes += sentBytes;
        source.seenAtNanos = atNanos;
    }

    synchronized List<Peer> after(long id, int atMost) {
        return byKey.entrySet().stream()
                .filter(entry -> entry.getValue().id > id)
                .map(entry -> entry.getValue().snapshot(entry.getKey()))
                .sorted(Comparator.comparingLong(Peer::id))
                .limit(atMost)
                .toList();
    }

    synchronized void clear() {
        byKey.clear();
    }
}
