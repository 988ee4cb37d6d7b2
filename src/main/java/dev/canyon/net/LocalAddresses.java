package dev.canyon.net;

import java.net.InetAddress;
import java.net.InterfaceAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.Collections;
import java.util.HashSet;
import java.util.Set;

/**
 * A snapshot of the addresses of this host.
 *
 * @param own addresses that are assigned to an interface that is up
 * @param broadcasts the broadcast addresses of their networks
 */
public record LocalAddresses(Set<InetAddress> own, Set<InetAddress> broadcasts) {

    public LocalAddresses {
        own = Collections.unmodifiableSet(own);
        broadcasts = Collections.unmodifiableSet(broadcasts);
    }

    /**
     * Reads the interfaces of the host, which takes a fraction of a millisecond for each.
     *
     * @throws SocketException if the interfaces cannot be read
     */
    public static LocalAddresses read() throws SocketException {
        Set<InetAddress> own = new HashSet<>();
        Set<InetAddress> broadcasts = new HashSet<>();
        for (NetworkInterface network : Collections.list(NetworkInterface.getNetworkInterfaces())) {
            if (network.isUp()) {
                for (InterfaceAddress address : network.getInterfaceAddresses()) {
                    own.add(address.getAddress());
                    if (address.getBroadcast() != null) {
                        broadcasts.add(address.getBroadcast());
                    }
                }
            }
        }
        // A network of one or two addresses has no broadcast address; some systems report the host's own.
        broadcasts.removeAll(own);
        return new LocalAddresses(own, broadcasts);
    }

    /** Whether a datagram from this address was sent by this host; all of 127.0.0.0/8 is local. */
    public boolean isOwn(InetAddress address) {
        return address.isLoopbackAddress() || own.contains(address);
    }

    public boolean isBroadcast(InetAddress address) {
        return broadcasts.contains(address);
    }
}
