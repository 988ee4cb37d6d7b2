package dev.canyon.engine.udp;

import dev.canyon.engine.endpoint.EndpointSpec;
import dev.canyon.engine.endpoint.UdpSettings;
import dev.canyon.engine.kernel.BoundSocket;
import dev.canyon.engine.kernel.OpenUdpPorts;
import dev.canyon.engine.peer.DropReason;
import dev.canyon.net.Ipv4Mapped;
import dev.canyon.net.LocalAddresses;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether a datagram may be answered. A source address can be forged, so each guard considers what a reply would do to
 * the host that has the address. Used on one event loop.
 */
final class UdpGuards {

    /** Services below this port and on the port of NFS would answer the reply (chargen, DNS, NTP, ...). */
    private static final int FIRST_UNRESERVED_PORT = 1024;

    private static final int NFS_PORT = 2049;

    private final InetSocketAddress bound;
    private final OpenUdpPorts ownPorts;
    private final Supplier<LocalAddresses> localAddresses;
    private final SourceRates rates = new SourceRates();

    UdpGuards(InetSocketAddress bound, OpenUdpPorts ownPorts, Supplier<LocalAddresses> localAddresses) {
        this.bound = bound;
        this.ownPorts = ownPorts;
        this.localAddresses = localAddresses;
    }

    /** The first reason against answering, in the order in which {@link DropReason} lists them; null if there is none. */
    @Nullable
    DropReason reasonToDrop(EndpointSpec spec, InetSocketAddress source, int bytes) {
        UdpSettings settings = (UdpSettings) spec.settings();
        InetAddress address = Ipv4Mapped.unwrap(source.getAddress());
        int port = source.getPort();
        if (port == 0) {
            return DropReason.PORT_ZERO;
        }
        if (isInvalidSource(address)) {
            return DropReason.BAD_SOURCE;
        }
        if (!spec.allows(address)) {
            return DropReason.NOT_ALLOWED;
        }
        if (ownPorts.contains(port) && localAddresses.get().isOwn(address)) {
            return DropReason.OWN_ENDPOINT;
        }
        if (!settings.replyToReservedPorts() && (port < FIRST_UNRESERVED_PORT || port == NFS_PORT)) {
            return DropReason.RESERVED_PORT;
        }
        if (bytes > spec.bufferBytes()) {
            return DropReason.OVERSIZE;
        }
        int rate = settings.maxDatagramsPerSecondPerSource();
        if (rate > 0 && !rates.take(address, rate, System.nanoTime())) {
            return DropReason.RATE;
        }
        return bytes == 0 && !settings.replyToEmpty() ? DropReason.EMPTY : null;
    }

    /** Addresses that no host may send from (RFC 1122, 3.2.1.3 and 4.1.3.6; RFC 4291, 2.5.2 and 2.7), or of the other family. */
    private boolean isInvalidSource(InetAddress address) {
        if (address.isMulticastAddress()
                || address.isAnyLocalAddress()
                || !BoundSocket.sameFamily(bound, address)
                || localAddresses.get().isBroadcast(address)) {
            return true;
        }
        if (address instanceof Inet4Address) {
            int firstOctet = address.getAddress()[0] & 0xff;
            return firstOctet == 0 || firstOctet >= 240;
        }
        return false;
    }
}
