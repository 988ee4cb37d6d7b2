package dev.canyon.engine.peer;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;

/**
 * Sums the datagrams of one read batch by source, so that {@link UdpSources} is updated once per source. A batch has few
 * sources, so a linear search is cheaper than hashing. Used on one event loop.
 */
public final class SourceBatch {

    private final Sink sink;
    private final List<Sum> sums = new ArrayList<>(1);

    /** Receives the sum of each source in a batch. */
    @FunctionalInterface
    interface Sink {

        /**
         * @param local of the socket that was read
         * @param sentBytes bytes of replies
         * @param atNanos on the clock of {@link System#nanoTime}
         */
        void seen(
                InetSocketAddress remote,
                InetSocketAddress local,
                long datagrams,
                long receivedBytes,
                long sentBytes,
                long atNanos);
    }

    /** The datagrams of one source. */
    private static final class Sum {
        private final InetSocketAddress source;
        private long datagrams;
        private long receivedBytes;
        private long sentBytes;

        Sum(InetSocketAddress source) {
            this.source = source;
        }
    }

    public SourceBatch(Sink sink) {
        this.sink = sink;
    }

    /** @param answered whether the datagram was answered */
    public void add(InetSocketAddress source, int bytes, boolean answered) {
        Sum sum = of(source);
        sum.datagrams++;
        sum.receivedBytes += bytes;
        sum.sentBytes += answered ? bytes : 0;
    }

    private Sum of(InetSocketAddress source) {
        for (int i = 0; i < sums.size(); i++) {
            if (sums.get(i).source.equals(source)) {
                return sums.get(i);
            }
        }
        Sum first = new Sum(source);
        sums.add(first);
        return first;
    }

    /** @param local of the socket that was read */
    public void end(InetSocketAddress local, long nowNanos) {
        sums.forEach(sum -> sink.seen(sum.source, local, sum.datagrams, sum.receivedBytes, sum.sentBytes, nowNanos));
        sums.clear();
    }
}
