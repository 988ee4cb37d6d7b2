package dev.canyon.dial;

import dev.canyon.net.Zone;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;

/** Resolves host names. */
public final class HostLookup {

    private HostLookup() {}

    /**
     * Returns the addresses of a host, in the order of the system's preference. Blocks on the name service unless the host is an
     * address.
     *
     * @return at least one
     * @throws UnknownHostException names the host; also if the first address is link-local and has no zone
     */
    public static List<InetAddress> addresses(String host) throws UnknownHostException {
        List<InetAddress> addresses;
        try {
            addresses = List.of(InetAddress.getAllByName(host));
        } catch (UnknownHostException ex) {
            throw new UnknownHostException(Zone.unknown(host).orElse("cannot resolve host name '" + host + "'"));
        }
        Optional<String> missing = Zone.missing(addresses.get(0));
        if (missing.isPresent()) {
            throw new UnknownHostException(missing.get());
        }
        return addresses;
    }
}
