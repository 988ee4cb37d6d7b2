package dev.canyon.engine.reply.stream;

import dev.canyon.engine.peer.CloseReason;
import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.function.Supplier;

/** Sends one answer to each connection, whatever it sends, and closes it. */
final class OnceReply extends StreamReply {

    /** Seconds from 1900-01-01 to 1970-01-01. */
    private static final long EPOCH_SINCE_1900 = 2_208_988_800L;

    /** As in the examples of RFC 867. */
    private static final DateTimeFormatter DAYTIME = DateTimeFormatter.ofPattern(
                    "EEEE, MMMM d, uuuu HH:mm:ss'-UTC'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private final Supplier<byte[]> answer;

    OnceReply(AnsweredStream stream, Supplier<byte[]> answer) {
        super(stream);
        this.answer = answer;
    }

    /** The date and time as text (RFC 867). */
    static Supplier<byte[]> daytime(Clock clock) {
        return () -> (DAYTIME.format(clock.instant()) + "\r\n").getBytes(StandardCharsets.US_ASCII);
    }

    /** Seconds since 1900 in 32 bits, which overflow in 2036 (RFC 868). */
    static Supplier<byte[]> time(Clock clock) {
        return () -> ByteBuffer.allocate(Integer.BYTES)
                .putInt((int) (clock.instant().getEpochSecond() + EPOCH_SINCE_1900))
                .array();
    }

    @Override
    public void started() {
        byte[] bytes = answer.get();
        stream().added(bytes.length);
        write(context().alloc().buffer(bytes.length).writeBytes(bytes));
        flush();
        stream().finish(CloseReason.ANSWERED);
    }

    @Override
    void message(ByteBuf message) {
        stream().discarded(message.readableBytes());
        message.release();
    }
}
