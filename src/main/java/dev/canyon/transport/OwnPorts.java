package dev.canyon.transport;

import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;

/**
 * The ports that UDP endpoints of ours have bound, so that two of them never answer each other for ever (CERT CA-1996-01,
 * CVE-2024-2169). Read for each datagram, written when an endpoint opens or closes.
 */
final class OwnPorts {

    private final Map<Integer, Integer> holders = new HashMap<>();
    private volatile BitSet ports = new BitSet();

    boolean contains(int port) {
        return ports.get(port);
    }

    synchronized void add(int port) {
        holders.merge(port, 1, Integer::sum);
        publish(port);
    }

    synchronized void remove(int port) {
        holders.computeIfPresent(port, (same, count) -> count == 1 ? null : count - 1);
        publish(port);
    }

    /** A published set is never changed, so readers need no lock. */
    private void publish(int port) {
        BitSet changed = (BitSet) ports.clone();
        changed.set(port, holders.containsKey(port));
        ports = changed;
    }
}
