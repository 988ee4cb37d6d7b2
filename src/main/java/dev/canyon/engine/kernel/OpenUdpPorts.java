package dev.canyon.engine.kernel;

import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;

/**
 * The ports bound by UDP endpoints of this process, so that two endpoints never reply to each other endlessly (CERT CA-1996-01,
 * CVE-2024-2169). Read for each datagram, changed when an endpoint opens or closes.
 */
public final class OpenUdpPorts {

    private final Map<Integer, Integer> holders = new HashMap<>();
    private volatile BitSet ports = new BitSet();

    public boolean contains(int port) {
        return ports.get(port);
    }

    public synchronized void add(int port) {
        holders.merge(port, 1, Integer::sum);
        publish(port);
    }

    public synchronized void remove(int port) {
        holders.computeIfPresent(port, (same, count) -> count == 1 ? null : count - 1);
        publish(port);
    }

    /** A published set is never modified, so readers need no lock. */
    private void publish(int port) {
        BitSet changed = (BitSet) ports.clone();
        changed.set(port, holders.containsKey(port));
        ports = changed;
    }
}
