package dev.canyon.engine.identity;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.haproxy.HAProxyMessage;
import io.netty.handler.codec.haproxy.HAProxyMessageDecoder;
import io.netty.util.ReferenceCountUtil;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads the PROXY header at the beginning of a connection and removes itself; the bytes that follow are data. Netty's decoder with a
 * failure that says what was wrong, and at the first byte that cannot belong to a header.
 *
 * <p>Passes the header on as {@link HAProxyMessage}. Used on the connection's event loop.
 */
public final class ProxyHeaderDecoder extends HAProxyMessageDecoder {

    private final HeaderScan scan = new HeaderScan();
    private final Consumer<ProxyHeaderFailure> onFailure;
    private boolean decoding;

    /** @param onFailure called once, and is expected to close the connection */
    public ProxyHeaderDecoder(Consumer<ProxyHeaderFailure> onFailure) {
        super(HeaderScan.MAX_V2_BYTES);
        this.onFailure = onFailure;
    }

    /** Whether the client has sent anything. */
    public boolean hasReceived() {
        return scan.position > 0;
    }

    /** Whether the decoder is at work: Netty's closes the connection before it reports that a header is broken. */
    public boolean isDecoding() {
        return decoding;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) throws Exception {
        ProxyHeaderFailure failure = scan.read((ByteBuf) message);
        if (failure != null) {
            ReferenceCountUtil.release(message);
            onFailure.accept(failure);
            return;
        }
        decoding = true;
        try {
            super.channelRead(ctx, message);
        } finally {
            decoding = false;
        }
    }

    /** Finds the first byte that cannot belong to a header, the end of one that is too long, and a line that is not permitted. */
    private static final class HeaderScan {

        /** With CR and LF (section 2.1). */
        private static final int MAX_V1_BYTES = 107;

        /** All of it; 16 bytes are fixed. */
        private static final int MAX_V2_BYTES = 4_096;

        private static final byte[] V1 = {'P', 'R', 'O', 'X', 'Y', ' '};
        private static final byte[] V2 = {'\r', '\n', '\r', '\n', 0, '\r', '\n', 'Q', 'U', 'I', 'T', '\n'};
        private static final int V2_LENGTH_AT = 14;

        private final StringBuilder line = new StringBuilder();
        private int position;
        private boolean maybeV1 = true;
        private boolean maybeV2 = true;
        private byte before;
        private int lengthOfV2;
        private boolean complete;

        /** @return null if what has arrived so far is, or can become, a header of a permitted length */
        @Nullable
        ProxyHeaderFailure read(ByteBuf bytes) {
            for (int i = bytes.readerIndex(); i < bytes.writerIndex() && !complete; i++) {
                ProxyHeaderFailure failure = read(bytes.getByte(i));
                if (failure != null) {
                    return failure;
                }
            }
            return null;
        }

        private @Nullable ProxyHeaderFailure read(byte next) {
            maybeV1 &= position >= V1.length || next == V1[position];
            maybeV2 &= position >= V2.length || next == V2[position];
            if (!maybeV1 && !maybeV2) {
                return ProxyHeaderFailure.MISSING;
            }
            if (maybeV2 && position >= V2_LENGTH_AT) {
                lengthOfV2 = lengthOfV2 << 8 | (next & 0xff);
                complete = position > V2_LENGTH_AT;
            } else if (maybeV1) {
                line.append((char) (next & 0xff));
                complete = before == '\r' && next == '\n';
                if (complete && !HeaderLine.isPermitted(line.substring(0, line.length() - 2))) {
                    return ProxyHeaderFailure.BROKEN;
                }
            }
            before = next;
            position++;
            boolean tooLong = maybeV1
                    ? position >= MAX_V1_BYTES && !complete
                    : complete && V2_LENGTH_AT + 2 + lengthOfV2 > MAX_V2_BYTES;
            return tooLong ? ProxyHeaderFailure.TOO_LONG : null;
        }
    }
}
