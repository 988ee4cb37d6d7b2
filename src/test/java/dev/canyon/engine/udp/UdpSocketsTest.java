package dev.canyon.engine.udp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.canyon.engine.kernel.AddressWatch;
import dev.canyon.engine.kernel.BoundSocket;
import dev.canyon.engine.kernel.DescriptorBudget;
import dev.canyon.engine.kernel.LimitReachedException;
import dev.canyon.engine.kernel.TransportKind;
import dev.canyon.net.IpText;
import dev.canyon.net.LocalAddresses;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The sockets of the addresses of the host are counted against the descriptor budget and returned to it. */
class UdpSocketsTest {

    /** With this limit, 64 descriptors remain for connections and 112 are reserved. */
    private static final long LIMIT = 64 + 112;

    private static final InetSocketAddress WILDCARD = new InetSocketAddress("0.0.0.0", 0);

    private final TransportKind kind = TransportKind.preferred();
    private final EventLoopGroup loops = new MultiThreadIoEventLoopGroup(1, kind.ioHandlers());
    private final AddressWatch watch = new AddressWatch();

    @AfterEach
    void close() {
        watch.close();
        loops.shutdownGracefully(0, 0, TimeUnit.SECONDS);
    }

    @Test
    void aNewAddressOfTheHostTakesADescriptor() {
        int present = watch.current().own().size();
        DescriptorBudget budget = budgetFor(present + 10);
        UdpSockets sockets = bind(budget);
        sockets.serve(own("127.0.3.1", "127.0.3.2", "127.0.3.3"));
        assertThat(used(budget, present + 10)).isEqualTo(1 + 3);
        sockets.serve(own("127.0.3.1"));
        assertThat(used(budget, present + 10)).isEqualTo(1 + 1);
        sockets.close();
        assertThat(used(budget, present + 10)).isZero();
    }

    @Test
    void withoutADescriptorTheWildcardSocketServesTheNewAddress() {
        int present = watch.current().own().size();
        DescriptorBudget budget = budgetFor(present + 2);
        UdpSockets sockets = bind(budget);
        String[] many = new String[present + 5];
        for (int i = 0; i < many.length; i++) {
            many[i] = "127.0.4." + (i + 1);
        }
        assertThatCode(() -> sockets.serve(own(many))).doesNotThrowAnyException();
        assertThatThrownBy(() -> budget.requireRoom(1)).isInstanceOf(LimitReachedException.class);
        sockets.close();
        assertThat(used(budget, present + 2)).isZero();
    }

    private UdpSockets bind(DescriptorBudget budget) {
        Bootstrap bootstrap = new Bootstrap()
                .group(loops.next())
                .channelFactory(() -> kind.newDatagramChannel(BoundSocket.familyOf(WILDCARD)))
                .handler(new Ignoring());
        return UdpSockets.bind(kind, bootstrap, WILDCARD, watch, budget);
    }

    @ChannelHandler.Sharable
    private static final class Ignoring extends ChannelInboundHandlerAdapter {}

    private static DescriptorBudget budgetFor(int listening) {
        return new DescriptorBudget(LIMIT + listening, 64);
    }

    /** The number of descriptors in use by listening sockets. */
    private static int used(DescriptorBudget budget, int all) {
        for (int free = all; free > 0; free--) {
            try {
                budget.requireRoom(free);
                return all - free;
            } catch (LimitReachedException ex) {
                // Fewer are free.
            }
        }
        return all;
    }

    private static LocalAddresses own(String... addresses) {
        Set<InetAddress> own = Arrays.stream(addresses)
                .map(address -> IpText.parse(address).orElseThrow())
                .collect(Collectors.toSet());
        return new LocalAddresses(own, Set.of());
    }
}
