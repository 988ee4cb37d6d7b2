package dev.canyon.probe.target;

import dev.canyon.dial.HostLookup;
import dev.canyon.net.LocalAddresses;
import java.net.InetAddress;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.List;

/** What depends on the host: the addresses of a name, and the networks it is attached to. */
interface HostEnvironment {

    HostEnvironment SYSTEM = new HostEnvironment() {
        @Override
        public List<InetAddress> addresses(String name) throws UnknownHostException {
            return HostLookup.addresses(name);
        }

        @Override
        public boolean isBroadcast(InetAddress address) {
            try {
                return LocalAddresses.read().isBroadcast(address);
            } catch (SocketException ex) {
                // If in doubt treat it as one; an entry may still permit it explicitly.
                return true;
            }
        }
    };

    /**
     * Returns at least one address, in order of preference. Blocks on the name service.
     *
     * @throws UnknownHostException names the host
     */
    List<InetAddress> addresses(String name) throws UnknownHostException;

    /** Returns whether it is the broadcast address of a network of this host. */
    boolean isBroadcast(InetAddress address);
}
