package dev.canyon.transport;

import java.net.InetAddress;
import java.util.List;

/**
 * What to open and how it shall behave.
 *
 * @param bufferBytes 1 to 65536: the largest single read on TCP, the largest datagram answered on UDP
 * @param allowedSources up to 256 ranges of addresses that may talk to the endpoint; empty means everyone
 */
public record EndpointSpec(
        ListenAddress address, int bufferBytes, List<Cidr> allowedSources, ProtocolSettings settings) {

    public static final int MAX_BUFFER_BYTES = 65_536;
    public static final int DEFAULT_BUFFER_BYTES = 65_536;
    public static final int MAX_ALLOWED_SOURCES = 256;

    public EndpointSpec {
        Range.require("bufferBytes", bufferBytes, 1, MAX_BUFFER_BYTES);
        Range.require("allowedSources", allowedSources.size(), 0, MAX_ALLOWED_SOURCES);
        allowedSources = List.copyOf(allowedSources);
    }

    public Protocol protocol() {
        return settings.protocol();
    }

    /** Whether a peer at this address may talk to the endpoint. */
    boolean allows(InetAddress source) {
        return allowedSources.isEmpty() || allowedSources.stream().anyMatch(range -> range.contains(source));
    }

    /** Whether turning {@code this} into {@code other} takes another socket; everything else can change live. */
    public boolean needsNewSocketFor(EndpointSpec other) {
        return !address.equals(other.address) || protocol() != other.protocol() || backlog() != other.backlog();
    }

    /** The same on another port of the same host. */
    public EndpointSpec onPort(int port) {
        return new EndpointSpec(new ListenAddress(address.host(), port), bufferBytes, allowedSources, settings);
    }

    private int backlog() {
        return settings instanceof TcpSettings tcp ? tcp.backlog() : 0;
    }
}
