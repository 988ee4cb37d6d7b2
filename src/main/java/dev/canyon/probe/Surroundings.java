package dev.canyon.probe;

import dev.canyon.transport.LocalAddresses;
import java.net.InetAddress;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.List;

/** What only the system knows: the addresses of a name, and the networks that this host is on. */
interface Surroundings {

    Surroundings SYSTEM = new Surroundings() {
        @Override
        public List<InetAddress> addresses(String name) throws UnknownHostException {
            return List.of(InetAddress.getAllByName(name));
        }

        @Override
        public boolean isBroadcast(InetAddress address) {
            try {
                return LocalAddresses.look().isBroadcast(address);
            } catch (SocketException ex) {
                // Who does not know takes it for one: it can still be named.
                return true;
            }
        }
    };

    /** At least one, in the order of preference. Blocks on the name service. */
    List<InetAddress> addresses(String name) throws UnknownHostException;

    /** Whether it is the broadcast address of a network that this host is on. */
    boolean isBroadcast(InetAddress address);
}
