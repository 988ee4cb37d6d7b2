package dev.canyon.junit;

import dev.canyon.engine.reply.Banner;
import dev.canyon.engine.reply.Discard;
import dev.canyon.engine.reply.Echo;
import dev.canyon.engine.reply.Fixed;
import dev.canyon.engine.reply.Framing;
import dev.canyon.engine.reply.Reply;
import dev.canyon.engine.reply.ReplySettings;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** What a listener answers. Immutable: each method returns a changed copy. */
public final class Answer {

    private static final int MAX_LINE_BYTES = 65_536;

    private final ReplySettings settings;

    private Answer(Reply reply, @Nullable Banner banner, Framing framing) {
        this.settings = new ReplySettings(reply, banner, framing);
    }

    private static Answer with(Reply reply) {
        return new Answer(reply, null, new Framing.None());
    }

    /** Sends back what it receives. */
    public static Answer echo() {
        return with(new Echo());
    }

    /** Reads everything and answers nothing. */
    public static Answer nothing() {
        return with(new Discard());
    }

    /**
     * Answers whatever is read at once, and each datagram, with the same text.
     *
     * @param text 1 to 65507 bytes in UTF-8
     */
    public static Answer always(String text) {
        return with(new Fixed(text, null, null));
    }

    /**
     * Answers whatever is read at once, and each datagram, with the same bytes.
     *
     * @param bytes 1 to 65507
     */
    public static Answer always(byte[] bytes) {
        return with(new Fixed(null, HexFormat.of().formatHex(bytes), null));
    }

    /** TCP: answers once for each line, which ends with LF or CR LF. An answer that does not end with LF gets one. */
    public Answer perLine() {
        return new Answer(settings.reply(), settings.banner(), new Framing.Line(MAX_LINE_BYTES));
    }

    /** TCP: sends this text when a connection is accepted. */
    public Answer afterBanner(String text) {
        return new Answer(settings.reply(), new Banner(text, null), settings.framing());
    }

    ReplySettings settings() {
        return settings;
    }
}
