package dev.canyon.cli.shell;

import dev.canyon.dial.HostLookup;
import dev.canyon.net.Loopback;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options that restrict the address family. */
final class AddressFamily {

    @Option(names = "-4", description = "IPv4 only.")
    private boolean ipv4;

    @Option(names = "-6", description = "IPv6 only.")
    private boolean ipv6;

    /**
     * Resolves a host. Blocks on the name service unless the host is an address.
     *
     * @param family null for both families
     * @return at least one address; loopback in place of a wildcard
     * @throws UnknownHostException names the host
     */
    static List<InetAddress> addresses(String host, @Nullable AddressFamily family) throws UnknownHostException {
        List<InetAddress> wanted = HostLookup.addresses(host).stream()
                .filter(address -> family == null || family.ipv4 == address instanceof Inet4Address)
                .map(Loopback::inPlaceOfWildcard)
                .toList();
        if (wanted.isEmpty()) {
            throw new UnknownHostException("host name '" + host + "' has no " + family + " address");
        }
        return wanted;
    }

    @Override
    public String toString() {
        return ipv6 ? "IPv6" : "IPv4";
    }
}
