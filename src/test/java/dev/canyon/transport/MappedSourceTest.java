package dev.canyon.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * A source in the clothes of IPv6 ({@code ::ffff:10.1.2.3}) is the IPv4 address inside. None of our transports gives such a
 * one as it is today, since the sockets are of one family; the guards are asked here as if one did.
 */
class MappedSourceTest {

    private static final InetSocketAddress BOUND = new InetSocketAddress("127.0.0.1", 7007);

    private final EndpointCounters counters = new EndpointCounters();
    private final AddressWatch addresses = new AddressWatch();
    private final EventLoopGroup loops = new MultiThreadIoEventLoopGroup(1, TransportKind.NIO.ioHandlers());

    @AfterEach
    void endTheThreads() {
        addresses.close();
        loops.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    }

    @Test
    void ofATcpConnection() throws Exception {
        InetSocketAddress source = mapped(10, 1, 2, 3);
        assertThat(admits("10.0.0.0/8", TcpSettings.defaults(), source)).isTrue();
        assertThat(admits("::/0", TcpSettings.defaults(), source)).isFalse();
        assertThat(admits("192.168.0.0/16", TcpSettings.defaults(), source)).isFalse();
        assertThat(counters.read().connections().rejected())
                .containsEntry(RejectReason.NOT_ALLOWED, 2L)
                .containsEntry(RejectReason.ADDRESS_FAMILY, 0L);
    }

    @Test
    void ofADatagram() throws Exception {
        InetSocketAddress source = mapped(10, 1, 2, 3);
        UdpGuards guards = new UdpGuards(BOUND, new OwnPorts(), () -> new LocalAddresses(Set.of(), Set.of()));
        assertThat(guards.reasonToDrop(spec("10.0.0.0/8", UdpSettings.defaults()), source, 1))
                .isNull();
        assertThat(guards.reasonToDrop(spec("::/0", UdpSettings.defaults()), source, 1))
                .isEqualTo(DropReason.NOT_ALLOWED);
        assertThat(guards.reasonToDrop(spec("192.168.0.0/16", UdpSettings.defaults()), source, 1))
                .isEqualTo(DropReason.NOT_ALLOWED);
    }

    @Test
    void inTheListOfThoseWhoAreAllowed() throws Exception {
        assertThat(Cidr.parse("::ffff:10.1.2.3").contains(InetAddress.getByName("10.1.2.3")))
                .isTrue();
        assertThat(spec("::ffff:10.1.2.3", TcpSettings.defaults()).allows(InetAddress.getByName("10.1.2.3")))
                .isTrue();
    }

    private boolean admits(String range, ProtocolSettings settings, InetSocketAddress source) {
        Observation observation = new Observation(
                counters,
                new Peers(SocketObserver.NONE),
                SocketObserver.NONE,
                Observation.by(SocketObserver.NONE).taps());
        TransportParts parts = new TransportParts(
                TransportKind.NIO,
                loops,
                addresses,
                new OwnPorts(),
                new DescriptorBudget(Long.MAX_VALUE, 0),
                new AcceptFailures(),
                new EchoLatency(),
                new EchoLatency());
        AcceptGate gate =
                new AcceptGate(BOUND, observation, parts, new Sightings(), admitted -> {}, () -> spec(range, settings));
        SocketChannel accepted = new NioSocketChannel() {
            @Override
            public InetSocketAddress remoteAddress() {
                return source;
            }
        };
        EmbeddedChannel listening = new EmbeddedChannel(gate);
        listening.writeInbound(accepted);
        boolean admitted = accepted.equals(listening.readInbound());
        accepted.unsafe().closeForcibly();
        return admitted;
    }

    private static EndpointSpec spec(String range, ProtocolSettings settings) {
        return new EndpointSpec(new ListenAddress("127.0.0.1", 7007), 100, List.of(Cidr.parse(range)), settings);
    }

    /** Of the class for IPv6; the JDK's usual ways would unwrap it. */
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
