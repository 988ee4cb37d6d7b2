package dev.canyon.transport;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;

/**
 * Sums up the datagrams of one read batch by their source, so that {@link UdpSources} is told once of each. A batch has
 * few sources, which makes looking through them cheaper than hashing. Used on one event loop.
 */
final class SourceBatch {

    private final Sink sink;
    private final List<Sum> sums = new ArrayList<>(1);

    /** Is told what a source has sent in a batch. */
    @FunctionalInterface
    interface Sink {

        /**
         * @param local of the socket that was read
         * @param sentBytes those that went back
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

    /** What one source has sent. */
    private static final class Sum {
        private final InetSocketAddress source;
        private long datagrams;
        private long receivedBytes;
        private long sentBytes;

        Sum(InetSocketAddress source) {
            this.source = source;
        }
    }

    SourceBatch(Sink sink) {
        this.sink = sink;
    }

    /** @param answered whether the same bytes went back */
    void add(InetSocketAddress source, int bytes, boolean answered) {
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
    void end(InetSocketAddress local, long nowNanos) {
        sums.forEach(sum -> sink.seen(sum.source, local, sum.datagrams, sum.receivedBytes, sum.sentBytes, nowNanos));
        sums.clear();
    }
}
