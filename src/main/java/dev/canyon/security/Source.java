package dev.canyon.security;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/**
 * Where a request comes from, for limits: an IPv4 address, or an IPv6 network of 64 bits, within which one host has as many
 * addresses as it likes.
 */
record Source(String network) {

    private static final int NETWORK_BYTES = 8;

    /** @param address as the servlet API gives it: a literal, so no name is looked up */
    static Source of(String address) {
        try {
            InetAddress parsed = InetAddress.getByName(address);
            if (parsed instanceof Inet6Address) {
                byte[] network = Arrays.copyOf(parsed.getAddress(), parsed.getAddress().length);
                Arrays.fill(network, NETWORK_BYTES, network.length, (byte) 0);
                return new Source(InetAddress.getByAddress(network).getHostAddress() + "/64");
            }
            return new Source(parsed.getHostAddress());
        } catch (UnknownHostException ex) {
            return new Source(address);
        }
    }

    @Override
    public String toString() {
        return network;
    }
}
