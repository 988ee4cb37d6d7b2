package dev.canyon.transport;

import java.net.InetAddress;
import java.net.InterfaceAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.Collections;
import java.util.HashSet;
import java.util.Set;

/**
 * The addresses of this host at one moment. Immutable; a new one is made when the interfaces are looked at again.
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
     * Asks the system; takes a fraction of a millisecond for each interface.
     *
     * @throws SocketException if the system does not tell
     */
    public static LocalAddresses look() throws SocketException {
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
        // A network of one or two addresses has no broadcast address; some systems report one of ours.
        broadcasts.removeAll(own);
        return new LocalAddresses(own, broadcasts);
    }

    /** Whether a datagram from there comes from this host; 127.0.0.0/8 is ours as a whole. */
    boolean isOwn(InetAddress address) {
        return address.isLoopbackAddress() || own.contains(address);
    }

    public boolean isBroadcast(InetAddress address) {
        return broadcasts.contains(address);
    }
}
