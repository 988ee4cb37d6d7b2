package dev.canyon.engine.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.util.concurrent.FastThreadLocal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ReusedBufferTest {

    private final RecvByteBufAllocator.ExtendedHandle oneSocket;
    private final RecvByteBufAllocator.ExtendedHandle another;

    ReusedBufferTest() {
        ReusedBuffer buffers = new ReusedBuffer(8);
        oneSocket = buffers.newHandle();
        another = buffers.newHandle();
    }

    /** As an event loop does when it terminates. */
    @AfterEach
    void end() {
        FastThreadLocal.removeAll();
    }

    @Test
    void isReusedByTheNextReadOfAnySocketOfTheLoop() {
        ByteBuf first = read(oneSocket, 1);
        first.release();

        ByteBuf second = read(another, 2);

        assertThat(second).isSameAs(first);
        assertThat(second.readableBytes()).isEqualTo(Long.BYTES);
        second.release();
    }

    @Test
    void isNotReusedWhileAReplyWaitsInIt() {
        ByteBuf first = read(oneSocket, 1);
        ByteBuf waiting = first.retainedSlice();
        first.release();

        ByteBuf second = read(another, 2);

        assertThat(waiting.getLong(0)).isEqualTo(1);
        assertThat(second.getLong(0)).isEqualTo(2);
        second.release();
        waiting.release();
    }

    @Test
    void isReleasedWhenTheLoopTerminates() {
        ByteBuf last = read(oneSocket, 1);
        last.release();
        assertThat(last.refCnt()).isEqualTo(1);

        FastThreadLocal.removeAll();

        assertThat(last.refCnt()).isZero();
    }

    private static ByteBuf read(RecvByteBufAllocator.ExtendedHandle socket, long content) {
        return socket.allocate(UnpooledByteBufAllocator.DEFAULT).writeLong(content);
    }
}
