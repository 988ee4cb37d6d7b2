package dev.canyon.net;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;

/**
 * The requested address of a listener.
 *
 * @param host an address of this host or a name for one; {@code 0.0.0.0} is all of IPv4, {@code ::} all of IPv6; a {@link Zone}
 *     may be written as in URIs
 * @param port 0 to 65535; 0 lets the system choose a free port
 */
public record ListenAddress(String host, int port) {

    public static final int MAX_PORT = 65_535;

    /** A host name is at most 253 characters (RFC 1035); an address with a scope is shorter. */
    public static final int MAX_HOST_LENGTH = 253;

    /** The characters of names and addresses; a scope follows a percent sign. Brackets belong to URLs and are not allowed. */
    public static final String HOST_PATTERN = "[A-Za-z0-9._:-]+(%[A-Za-z0-9._-]+)?";

    private static final Pattern HOST = Pattern.compile(HOST_PATTERN);
    private static final InetSocketAddress BROADCAST = new InetSocketAddress("255.255.255.255", 0);

    public ListenAddress {
        host = Zone.decode(host);
        if (host.length() > MAX_HOST_LENGTH || !HOST.matcher(host).matches()) {
            throw new IllegalArgumentException("host: '" + host + "' (expected: an address or a host name)");
        }
        if (port < 0 || port > MAX_PORT) {
            throw new IllegalArgumentException("port: " + port + " (expected: 0 to 65535)");
        }
    }

    /**
     * Resolves the host. Blocks on the name service unless the host is an address literal.
     *
     * @throws BindFailedException if the name has no address
     */
    public InetSocketAddress resolve() {
        try {
            InetAddress address = InetAddress.getByName(host);
            if (address.isMulticastAddress() || address.equals(BROADCAST.getAddress())) {
                throw new BindFailedException(
                        BindFailure.ADDRESS_UNAVAILABLE,
                        host + " is a multicast or broadcast address, not an address of this host",
                        null);
            }
            Zone.missing(address).ifPresent(fault -> {
                throw new BindFailedException(BindFailure.ADDRESS_UNAVAILABLE, fault, null);
            });
            return new InetSocketAddress(address, port);
        } catch (UnknownHostException ex) {
            throw new BindFailedException(
                    BindFailure.ADDRESS_UNAVAILABLE,
                    Zone.unknown(host).orElse("host '" + host + "' could not be resolved"),
                    ex);
        }
    }

    /** Whether the two cannot be bound at the same time: same port, and the same address or a wildcard that includes the other. */
    public static boolean overlap(InetSocketAddress one, InetSocketAddress other) {
        if (one.getPort() != other.getPort() || one.getPort() == 0) {
            return false;
        }
        InetAddress a = one.getAddress();
        InetAddress b = other.getAddress();
        boolean sameFamily = a.getAddress().length == b.getAddress().length;
        return sameFamily && (a.equals(b) || a.isAnyLocalAddress() || b.isAnyLocalAddress());
    }

    @Override
    public String toString() {
        return host.indexOf(':') >= 0 ? "[" + host + "]:" + port : host + ":" + port;
    }
}
