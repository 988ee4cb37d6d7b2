package dev.canyon.engine.reply.datagram;

import dev.canyon.net.SourceNetwork;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.Map;

/**
 * What is held back for each source, of which none may take more than a quarter: a client that has gone, or whose address is forged,
 * must not prevent others from being answered. Used on one event loop.
 */
final class SourceShares {

    private final int maxDatagrams;
    private final long maxBytes;
    private final Map<SourceNetwork, Share> shares = new HashMap<>();

    /** What one source holds. */
    private record Share(int datagrams, long bytes) {

        static final Share NONE = new Share(0, 0);

        Share plus(int more, long moreBytes) {
            return new Share(datagrams + more, bytes + moreBytes);
        }
    }

    /**
     * @param allDatagrams what all sources may hold
     * @param allBytes likewise
     */
    SourceShares(int allDatagrams, long allBytes) {
        this.maxDatagrams = allDatagrams / 4;
        this.maxBytes = allBytes / 4;
    }

    /** Whether the source may hold another datagram. */
    boolean hasRoom(InetAddress source, int bytes) {
        Share present = shares.getOrDefault(SourceNetwork.of(source), Share.NONE);
        return present.datagrams < maxDatagrams && present.bytes + bytes <= maxBytes;
    }

    void add(InetAddress source, int bytes) {
        shares.merge(SourceNetwork.of(source), new Share(1, bytes), (present, one) -> present.plus(1, bytes));
    }

    void remove(InetAddress source, int bytes) {
        shares.computeIfPresent(
                SourceNetwork.of(source),
                (network, present) -> present.datagrams == 1 ? null : present.plus(-1, -bytes));
    }

    /** The number of sources that hold datagrams. */
    int size() {
        return shares.size();
    }
}
