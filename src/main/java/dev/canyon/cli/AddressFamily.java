package dev.canyon.cli;

import dev.canyon.transport.Loopback;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which addresses of a host are wanted. */
final class AddressFamily {

    @Option(names = "-4", description = "IPv4 only.")
    private boolean ipv4;

    @Option(names = "-6", description = "IPv6 only.")
    private boolean ipv6;

    /**
     * Looks a host up, once. Blocks on the name service unless the host is an address.
     *
     * @param family null if all are wanted
     * @return at least one
     * @throws UnknownHostException in words for people
     */
    static List<InetAddress> addresses(String host, @Nullable AddressFamily family) throws UnknownHostException {
        List<InetAddress> wanted = Stream.of(lookUp(host))
                .filter(address -> family == null || family.ipv4 == address instanceof Inet4Address)
                .map(Loopback::inPlaceOfWildcard)
                .toList();
        if (wanted.isEmpty()) {
            throw new UnknownHostException("'" + host + "' has no " + family + " address known to this machine");
        }
        return wanted;
    }

    private static InetAddress[] lookUp(String host) throws UnknownHostException {
        try {
            return InetAddress.getAllByName(host);
        } catch (UnknownHostException ex) {
            throw new UnknownHostException("'" + host + "' has no address known to this machine");
        }
    }

    @Override
    public String toString() {
        return ipv6 ? "IPv6" : "IPv4";
    }
}
