package dev.canyon.engine.udp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.canyon.engine.endpoint.EndpointSpec;
import dev.canyon.engine.endpoint.ProtocolSettings;
import dev.canyon.engine.endpoint.UdpSettings;
import dev.canyon.engine.kernel.OpenUdpPorts;
import dev.canyon.engine.peer.DropReason;
import dev.canyon.net.Cidr;
import dev.canyon.net.ListenAddress;
import dev.canyon.net.LocalAddresses;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * An IPv4-mapped IPv6 source ({@code ::ffff:10.1.2.3}) is treated as the embedded IPv4 address. The transports do not report such
 * a source, because each socket has one address family, so the test passes one to the class under test.
 */
class MappedUdpSourceTest {

    private static final InetSocketAddress BOUND = new InetSocketAddress("127.0.0.1", 7007);

    @Test
    void aDatagramFromAMappedAddressIsCheckedAsIpv4() throws Exception {
        InetSocketAddress source = mapped(10, 1, 2, 3);
        UdpGuards guards = new UdpGuards(BOUND, new OpenUdpPorts(), () -> new LocalAddresses(Set.of(), Set.of()));
        assertThat(guards.reasonToDrop(spec("10.0.0.0/8", UdpSettings.defaults()), source, 1))
                .isNull();
        assertThat(guards.reasonToDrop(spec("::/0", UdpSettings.defaults()), source, 1))
                .isEqualTo(DropReason.NOT_ALLOWED);
        assertThat(guards.reasonToDrop(spec("192.168.0.0/16", UdpSettings.defaults()), source, 1))
                .isEqualTo(DropReason.NOT_ALLOWED);
    }

    private static EndpointSpec spec(String range, ProtocolSettings settings) {
        return new EndpointSpec(new ListenAddress("127.0.0.1", 7007), 100, List.of(Cidr.parse(range)), settings);
    }

    /** An Inet6Address; the usual methods of the JDK return an Inet4Address. */
    private static InetSocketAddress mapped(int... octets) throws UnknownHostException {
        byte[] bytes = new byte[16];
        bytes[10] = (byte) 0xff;
        bytes[11] = (byte) 0xff;
        for (int i = 0; i < octets.length; i++) {
            bytes[12 + i] = (byte) octets[i];
        }
        return new InetSocketAddress(Inet6Address.getByAddress(null, bytes, -1), 40_000);
    }
}
