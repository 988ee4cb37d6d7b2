package dev.canyon.security.key;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/**
 * The source of a request for the purpose of limits: an IPv4 address, or an IPv6 /64 network, within which a single host can
 * choose its addresses freely.
 */
public record RequestSource(String network) {

    private static final int NETWORK_BYTES = 8;

    /** @param address an address literal as returned by the servlet API; never resolved */
    public static RequestSource of(String address) {
        try {
            InetAddress parsed = InetAddress.getByName(address);
            if (parsed instanceof Inet6Address) {
                byte[] network = Arrays.copyOf(parsed.getAddress(), parsed.getAddress().length);
                Arrays.fill(network, NETWORK_BYTES, network.length, (byte) 0);
                return new RequestSource(InetAddress.getByAddress(network).getHostAddress() + "/64");
            }
            return new RequestSource(parsed.getHostAddress());
        } catch (UnknownHostException ex) {
            return new RequestSource(address);
        }
    }

    @Override
    public String toString() {
        return network;
    }
}
