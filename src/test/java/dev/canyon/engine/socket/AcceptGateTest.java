package dev.canyon.engine.socket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.canyon.engine.fault.AcceptEffect.Accepting;
import dev.canyon.engine.kernel.TransportKind;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.socket.SocketProtocolFamily;
import java.net.InetAddress;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Execution(ExecutionMode.CONCURRENT)
class AcceptGateTest {

    private final EventLoopGroup loops =
            new MultiThreadIoEventLoopGroup(1, TransportKind.preferred().ioHandlers());
    private final Channel listening = new ServerBootstrap()
            .group(loops)
            .channelFactory(() -> TransportKind.preferred().newServerChannel(SocketProtocolFamily.INET))
            .childHandler(new ChannelInboundHandlerAdapter())
            .bind(InetAddress.getLoopbackAddress(), 0)
            .syncUninterruptibly()
            .channel();
    private final AcceptGate gate = new AcceptGate(listening, 10);

    @AfterEach
    void close() {
        gate.prepareClose().join();
        listening.close().syncUninterruptibly();
        loops.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    }

    @Test
    void aFailurePausesAcceptingForOneSecond() throws Exception {
        assertThat(acceptsRightAfterAFailure()).isFalse();
        assertThat(acceptsAfterTheFailurePause()).isTrue();
    }

    @Test
    void theEndOfAFailureDoesNotEndAFault() throws Exception {
        assertThat(acceptsRightAfterAFailure()).isFalse();
        gate.apply(Accepting.PAUSED).join();
        assertThat(acceptsAfterTheFailurePause()).isFalse();
        gate.apply(Accepting.NORMAL).join();
        assertThat(listening.config().isAutoRead()).isTrue();
    }

    @Test
    void theEndOfAFaultDoesNotEndAFailurePause() throws Exception {
        for (Accepting fault : new Accepting[] {Accepting.PAUSED, Accepting.REFUSED}) {
            gate.apply(fault).join();
            assertThat(acceptsRightAfterAFailure()).isFalse();
            gate.apply(Accepting.NORMAL).join();
            assertThat(listening.config().isAutoRead()).isFalse();
            assertThat(acceptsAfterTheFailurePause()).isTrue();
        }
    }

    private boolean acceptsRightAfterAFailure() throws Exception {
        return listening
                .eventLoop()
                .submit(() -> {
                    gate.acceptFailed();
                    return listening.config().isAutoRead();
                })
                .get();
    }

    /** The loop runs this after the end of the pause, which was scheduled earlier for the same delay. */
    private boolean acceptsAfterTheFailurePause() throws Exception {
        return listening
                .eventLoop()
                .schedule(() -> listening.config().isAutoRead(), 1, TimeUnit.SECONDS)
                .get();
    }
}
