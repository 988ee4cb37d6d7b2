package dev.canyon.engine.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.canyon.engine.peer.PauseReason;
import dev.canyon.engine.traffic.ByteBudget;
import dev.canyon.engine.traffic.EchoLatency;
import dev.canyon.engine.traffic.EndpointCounters;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.ChannelInputShutdownReadComplete;
import io.netty.util.ReferenceCountUtil;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MeterTest {

    private static final int LIMIT = 100;

    private final ByteBudget budget = new ByteBudget(LIMIT);
    private final EndpointCounters counters = new EndpointCounters();
    private final SlowSocket socket = new SlowSocket();
    private final ReadGate gate = new ReadGate(socket.config());
    private final HeldBytes held = new HeldBytes(socket, budget, gate);
    private final Meter meter = new Meter(counters, new EchoLatency(), gate, held);

    /** A socket whose send buffer can be full. */
    private static final class SlowSocket extends EmbeddedChannel {

        private boolean full;

        @Override
        protected void doWrite(ChannelOutboundBuffer in) throws Exception {
            if (!full) {
                super.doWrite(in);
            }
        }

        void fill() {
            full = true;
        }

        /** As an event loop does when the socket becomes writable: without passing the pipeline. */
        void drain() {
            full = false;
            unsafe().flush();
        }
    }

    @AfterEach
    void close() {
        socket.finishAndReleaseAll();
    }

    @Test
    void countsAReplyThatIsWrittenOutsideAReadOfTheSocket() {
        socket.pipeline().addLast(meter);
        socket.writeOutbound(Unpooled.copyInt(7007));
        assertThat(counters.read().sentMessages()).isEqualTo(1);
        assertThat(counters.read().sentBytes()).isEqualTo(Integer.BYTES);
    }

    /** On NIO, the end of the input is only known once a read after it finds nothing. */
    @Test
    void readingResumesUntilEverythingUpToFinWasRead() {
        socket.pipeline().addLast(meter);
        gate.pause(PauseReason.FAULT);
        socket.pipeline().fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
        gate.resume(PauseReason.FAULT);
        assertThat(socket.config().isAutoRead()).isTrue();
        gate.pause(PauseReason.FAULT);
        socket.pipeline().fireUserEventTriggered(ChannelInputShutdownReadComplete.INSTANCE);
        gate.resume(PauseReason.FAULT);
        assertThat(socket.config().isAutoRead()).isFalse();
    }

    /** Otherwise the time that a connection takes to release what it holds grows with the square of its size. */
    @Test
    void bytesBehindOthersThatWaitAreNotFlushedOneByOne() {
        AtomicInteger flushes = new AtomicInteger();
        socket.pipeline().addLast(new ChannelOutboundHandlerAdapter() {
            @Override
            public void flush(ChannelHandlerContext ctx) {
                flushes.incrementAndGet();
                ctx.flush();
            }
        });
        socket.pipeline().addLast(meter);
        socket.fill();
        int highWaterMark = socket.config().getWriteBufferHighWaterMark();
        for (int written = 0; written < 4 * highWaterMark; written += 100) {
            socket.write(Unpooled.directBuffer(100).writeZero(100), socket.voidPromise());
        }
        assertThat(gate.reasons()).contains(PauseReason.BACK_PRESSURE);
        assertThat(flushes.get()).isLessThan(5);
        socket.drain();
    }

    @Test
    void readingResumesOnceBytesThatWereKeptBackHaveLeft() {
        socket.pipeline().addLast(meter);
        socket.fill();
        held.keepBack(LIMIT + 1);
        socket.writeOutbound(Unpooled.directBuffer(LIMIT + 1, LIMIT + 1).writeZero(LIMIT + 1));
        held.release(LIMIT + 1);
        assertThat(gate.reasons()).containsExactly(PauseReason.BYTE_BUDGET);
        assertThat(counters.read().sentBytes()).isZero();

        socket.drain();
        assertThat(gate.reasons()).isEmpty();
        assertThat(budget.held()).isZero();
        assertThat(counters.read().sentBytes()).isEqualTo(LIMIT + 1);
    }

    /** Netty drops its outbound buffer when the sending side is shut down or the socket is closed. */
    @Test
    void returnsToTheBudgetWhatIsDroppedWithTheSendingSide() {
        socket.pipeline().addLast(meter);
        socket.fill();
        socket.writeAndFlush(Unpooled.directBuffer(10, 10).writeZero(10));
        assertThat(budget.held()).isEqualTo(10);

        socket.close();
        assertThat(budget.held()).isZero();
    }

    @Test
    void whatIsDiscardedAfterTheAccountWasSettledIsNotCountedTwice() {
        socket.pipeline().addLast(meter, new ChannelInboundHandlerAdapter() {
            @Override
            public void channelRead(ChannelHandlerContext ctx, Object bytes) {
                ReferenceCountUtil.release(bytes);
            }
        });
        socket.writeInbound(Unpooled.copyInt(7007));
        meter.settle();
        meter.discarded(Integer.BYTES);
        assertThat(counters.read().discardedBytes()).isEqualTo(Integer.BYTES);
    }
}
