package dev.canyon.engine.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.canyon.engine.endpoint.EndpointSpec;
import dev.canyon.engine.endpoint.ProtocolSettings;
import dev.canyon.engine.endpoint.TcpSettings;
import dev.canyon.engine.endpoint.TransportParts;
import dev.canyon.engine.kernel.AcceptFailures;
import dev.canyon.engine.kernel.AddressWatch;
import dev.canyon.engine.kernel.DescriptorBudget;
import dev.canyon.engine.kernel.OpenUdpPorts;
import dev.canyon.engine.kernel.TransportKind;
import dev.canyon.engine.peer.ExpectedPeers;
import dev.canyon.engine.peer.Peers;
import dev.canyon.engine.peer.RejectReason;
import dev.canyon.engine.peer.SocketObserver;
import dev.canyon.engine.traffic.ByteBudget;
import dev.canyon.engine.traffic.EchoLatency;
import dev.canyon.engine.traffic.EndpointCounters;
import dev.canyon.engine.traffic.Observation;
import dev.canyon.net.Cidr;
import dev.canyon.net.ListenAddress;
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
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * An IPv4-mapped IPv6 source ({@code ::ffff:10.1.2.3}) is treated as the embedded IPv4 address. The transports do not report such
 * a source, because each socket has one address family, so the test passes one to the class under test.
 */
class MappedTcpSourceTest {

    private static final InetSocketAddress BOUND = new InetSocketAddress("127.0.0.1", 7007);

    private final EndpointCounters counters = new EndpointCounters();
    private final AddressWatch addresses = new AddressWatch();
    private final EventLoopGroup loops = new MultiThreadIoEventLoopGroup(1, TransportKind.NIO.ioHandlers());

    @AfterEach
    void stopThreads() {
        addresses.close();
        loops.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    }

    @Test
    void aConnectionFromAMappedAddressIsCheckedAsIpv4() throws Exception {
        InetSocketAddress source = mapped(10, 1, 2, 3);
        assertThat(accepts("10.0.0.0/8", TcpSettings.defaults(), source)).isTrue();
        assertThat(accepts("::/0", TcpSettings.defaults(), source)).isFalse();
        assertThat(accepts("192.168.0.0/16", TcpSettings.defaults(), source)).isFalse();
        assertThat(counters.read().connections().rejected())
                .containsEntry(RejectReason.NOT_ALLOWED, 2L)
                .containsEntry(RejectReason.ADDRESS_FAMILY, 0L);
    }

    @Test
    void aMappedAddressCanBeAnAllowedSource() throws Exception {
        assertThat(Cidr.parse("::ffff:10.1.2.3").contains(InetAddress.getByName("10.1.2.3")))
                .isTrue();
        assertThat(spec("::ffff:10.1.2.3", TcpSettings.defaults()).allows(InetAddress.getByName("10.1.2.3")))
                .isTrue();
    }

    private boolean accepts(String range, ProtocolSettings settings, InetSocketAddress source) {
        Observation observation = new Observation(
                "",
                counters,
                new Peers(SocketObserver.NONE),
                SocketObserver.NONE,
                Observation.by(SocketObserver.NONE).taps(),
                Observation.by(SocketObserver.NONE).faults());
        TransportParts parts = new TransportParts(
                TransportKind.NIO,
                loops,
                addresses,
                new OpenUdpPorts(),
                new DescriptorBudget(Long.MAX_VALUE, 0),
                new AcceptFailures(),
                new ByteBudget(Long.MAX_VALUE),
                new EchoLatency(),
                new EchoLatency());
        AcceptLimits limits = new AcceptLimits(
                BOUND, observation, parts, new ExpectedPeers(), socket -> {}, () -> spec(range, settings), () -> null);
        SocketChannel accepted = new NioSocketChannel() {
            @Override
            public InetSocketAddress remoteAddress() {
                return source;
            }
        };
        EmbeddedChannel listening = new EmbeddedChannel(limits);
        listening.writeInbound(accepted);
        boolean forwarded = accepted.equals(listening.readInbound());
        accepted.unsafe().closeForcibly();
        return forwarded;
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
