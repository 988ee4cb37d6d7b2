package dev.canyon.engine.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketProtocolFamily;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class NioListeningChannelTest {

    private static final byte[] REPLY = "pong".getBytes(StandardCharsets.UTF_8);

    private static final byte[] MORE = {1};
    private static final int MORE_EVERY_MILLIS = 10;

    private final EventLoopGroup loops = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final AtomicInteger writes = new AtomicInteger();
    private volatile boolean memory;

    @AfterEach
    void stopLoops() {
        loops.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
    }

    @Test
    void isTheOneOfListeners() {
        var listening = TransportKind.NIO.newServerChannel(SocketProtocolFamily.INET);
        assertThat(listening).isInstanceOf(NioListeningChannel.class);
        ((NioListeningChannel) listening).unsafe().closeForcibly();
    }

    @Test
    void aWriteThatTheKernelRefusesIsNotRepeatedAtOnce() throws Exception {
        InetSocketAddress address = (InetSocketAddress) new ServerBootstrap()
                .group(loops)
                .channelFactory(Listening::new)
                .childHandler(new ChannelInboundHandlerAdapter() {
                    @Override
                    public void channelActive(ChannelHandlerContext ctx) {
                        ctx.writeAndFlush(Unpooled.wrappedBuffer(REPLY));
                        ctx.executor()
                                .scheduleAtFixedRate(
                                        () -> ctx.writeAndFlush(Unpooled.wrappedBuffer(MORE)),
                                        MORE_EVERY_MILLIS,
                                        MORE_EVERY_MILLIS,
                                        TimeUnit.MILLISECONDS);
                    }
                })
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .syncUninterruptibly()
                .channel()
                .localAddress();
        try (Socket client = new Socket(address.getAddress(), address.getPort())) {
            await().untilAtomic(writes, greaterThanOrEqualTo(2));
            long begun = System.nanoTime();
            int first = writes.get();
            await().untilAtomic(writes, greaterThanOrEqualTo(first + 50));
            int more = writes.get() - first;
            long flushes = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun) / MORE_EVERY_MILLIS;
            // One for each flush and one for the selector. It reports the socket as writable a hundred thousand times a
            // second.
            assertThat(more).isLessThanOrEqualTo((int) (2 * flushes) + 50);
            memory = true;
            assertThat(client.getInputStream().readNBytes(REPLY.length)).isEqualTo(REPLY);
        }
    }

    /** Accepts connections to which the kernel refuses to write until there is memory. */
    private final class Listening extends NioListeningChannel {

        Listening() {
            super(SocketProtocolFamily.INET);
        }

        @Override
        NioListeningChannel.Connection connection(SocketChannel socket) {
            return new Refusing(this, socket);
        }
    }

    private final class Refusing extends NioListeningChannel.Connection {

        private boolean writing;

        Refusing(NioListeningChannel parent, SocketChannel socket) {
            super(parent, socket);
        }

        @Override
        protected void doWrite(ChannelOutboundBuffer pending) throws Exception {
            writing = true;
            writes.incrementAndGet();
            try {
                super.doWrite(pending);
            } finally {
                writing = false;
            }
        }

        @Override
        protected SocketChannel javaChannel() {
            return writing && !memory ? new Full(super.javaChannel()) : super.javaChannel();
        }
    }

    /** A socket that takes nothing. */
    private static final class Full extends SocketChannel {

        private final SocketChannel socket;

        Full(SocketChannel socket) {
            super(socket.provider());
            this.socket = socket;
        }

        @Override
        public int write(ByteBuffer source) {
            return 0;
        }

        @Override
        public long write(ByteBuffer[] sources, int offset, int length) {
            return 0;
        }

        @Override
        public boolean isConnected() {
            return socket.isConnected();
        }

        @Override
        public SocketAddress getRemoteAddress() throws IOException {
            return socket.getRemoteAddress();
        }

        @Override
        public SocketAddress getLocalAddress() throws IOException {
            return socket.getLocalAddress();
        }

        @Override
        public Socket socket() {
            return socket.socket();
        }

        @Override
        public Set<SocketOption<?>> supportedOptions() {
            return socket.supportedOptions();
        }

        @Override
        public <T> T getOption(SocketOption<T> name) throws IOException {
            return socket.getOption(name);
        }

        @Override
        public SocketChannel bind(SocketAddress local) {
            throw new UnsupportedOperationException();
        }

        @Override
        public <T> SocketChannel setOption(SocketOption<T> name, T value) {
            throw new UnsupportedOperationException();
        }

        @Override
        public SocketChannel shutdownInput() {
            throw new UnsupportedOperationException();
        }

        @Override
        public SocketChannel shutdownOutput() {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean isConnectionPending() {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean connect(SocketAddress remote) {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean finishConnect() {
            throw new UnsupportedOperationException();
        }

        @Override
        public int read(ByteBuffer target) {
            throw new UnsupportedOperationException();
        }

        @Override
        public long read(ByteBuffer[] targets, int offset, int length) {
            throw new UnsupportedOperationException();
        }

        @Override
        protected void implCloseSelectableChannel() {
            throw new UnsupportedOperationException();
        }

        @Override
        protected void implConfigureBlocking(boolean block) {
            throw new UnsupportedOperationException();
        }
    }
}
