package dev.canyon.engine.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.canyon.engine.endpoint.EndpointSpec;
import dev.canyon.engine.endpoint.TcpSettings;
import dev.canyon.engine.endpoint.TransportParts;
import dev.canyon.engine.kernel.AcceptFailures;
import dev.canyon.engine.kernel.AddressWatch;
import dev.canyon.engine.kernel.DescriptorBudget;
import dev.canyon.engine.kernel.OpenUdpPorts;
import dev.canyon.engine.kernel.TransportKind;
import dev.canyon.engine.peer.ExpectedPeers;
import dev.canyon.engine.peer.RejectReason;
import dev.canyon.engine.peer.SocketObserver;
import dev.canyon.engine.traffic.ByteBudget;
import dev.canyon.engine.traffic.EchoLatency;
import dev.canyon.engine.traffic.Observation;
import dev.canyon.net.ListenAddress;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The unit of the limit of connections per source: an IPv4 address, or an IPv6 network of 64 bits. */
class AcceptLimitsTest {

    private final EventLoopGroup loops = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final AddressWatch addresses = new AddressWatch();
    private final Observation observation = Observation.by(SocketObserver.NONE);
    private final List<SocketChannel> admitted = new ArrayList<>();
    private final List<SocketChannel> accepted = new ArrayList<>();

    @AfterEach
    void close() {
        accepted.forEach(socket -> socket.unsafe().closeForcibly());
        loops.shutdownGracefully(0, 0, java.util.concurrent.TimeUnit.SECONDS);
        addresses.close();
    }

    @Test
    void addressesOfOneIpv6NetworkCountTogether() {
        EmbeddedChannel listening = listening("::", 2);
        accept(listening, "2001:db8:1:2::1");
        accept(listening, "2001:db8:1:2:ffff::7");
        accept(listening, "2001:db8:1:2::3");
        assertThat(rejected()).containsEntry(RejectReason.MAX_CONNECTIONS_PER_SOURCE, 1L);
        accept(listening, "2001:db8:1:3::1");
        assertThat(admitted).hasSize(3);
    }

    @Test
    void eachIpv4AddressCountsAlone() {
        EmbeddedChannel listening = listening("0.0.0.0", 1);
        accept(listening, "192.0.2.1");
        accept(listening, "192.0.2.2");
        accept(listening, "192.0.2.1");
        assertThat(admitted).hasSize(2);
        assertThat(rejected()).containsEntry(RejectReason.MAX_CONNECTIONS_PER_SOURCE, 1L);
    }

    private Map<RejectReason, Long> rejected() {
        return observation.counters().read().connections().rejected();
    }

    private EmbeddedChannel listening(String host, int perSource) {
        TcpSettings settings = TcpSettings.with(Map.of("maxConnectionsPerSource", perSource));
        EndpointSpec spec =
                new EndpointSpec(new ListenAddress(host, 7), EndpointSpec.DEFAULT_BUFFER_BYTES, List.of(), settings);
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
        return new EmbeddedChannel(new AcceptLimits(
                new InetSocketAddress(host, 7),
                observation,
                parts,
                new ExpectedPeers(),
                admitted::add,
                () -> spec,
                () -> null));
    }

    private void accept(EmbeddedChannel listening, String source) {
        SocketChannel socket = new NioSocketChannel() {
            @Override
            public InetSocketAddress remoteAddress() {
                return new InetSocketAddress(source, 50_000);
            }
        };
        accepted.add(socket);
        listening.pipeline().fireChannelRead(socket);
    }
}
