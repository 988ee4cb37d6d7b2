package dev.canyon.engine.reply.stream;

import io.netty.buffer.ByteBuf;
import java.util.concurrent.TimeUnit;

/**
 * Sends lines of 72 characters, of which each begins with the next of the 95 printable characters of ASCII (RFC 864). Sends only
 * while the client reads, and discards what it receives.
 */
final class ChargenReply extends StreamReply {

    /** Until the next attempt while faults drop everything, which would occupy the event loop. */
    private static final long DROPPED_MILLIS = 10;

    private static final int FIRST = ' ';
    private static final int CHARACTERS = '~' - FIRST + 1;
    private static final int LINE = 72;

    /** All lines, after which the first one follows again. */
    private static final byte[] PATTERN = pattern();

    /** Patterns that are written before other connections of the event loop have their turn. */
    private static final int TURN = 16;

    private static final long READ_MILLIS = 1;

    private boolean ended;
    private boolean scheduled;
    private long writtenBefore;

    ChargenReply(AnsweredStream stream) {
        super(stream);
    }

    private static byte[] pattern() {
        byte[] pattern = new byte[CHARACTERS * (LINE + 2)];
        int at = 0;
        for (int line = 0; line < CHARACTERS; line++) {
            for (int i = 0; i < LINE; i++) {
                pattern[at++] = (byte) (FIRST + (line + i) % CHARACTERS);
            }
            pattern[at++] = '\r';
            pattern[at++] = '\n';
        }
        return pattern;
    }

    @Override
    public void started() {
        stream().whenResumed(this::sendLater);
        send();
    }

    /** Not at once, because that would pause reading again before the FIN of the client could be read. */
    private void sendLater() {
        context().executor().schedule(this::send, READ_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void send() {
        for (int i = 0; i < TURN && maySend(); i++) {
            ByteBuf bytes = context().alloc().buffer(PATTERN.length).writeBytes(PATTERN);
            stream().added(PATTERN.length);
            write(bytes);
        }
        if (!ended) {
            flush();
        }
        if (maySend() && !scheduled) {
            scheduled = true;
            long written = stream().written();
            long pause = written == writtenBefore ? DROPPED_MILLIS : 0;
            writtenBefore = written;
            Runnable next = () -> {
                scheduled = false;
                send();
            };
            context().executor().schedule(next, pause, TimeUnit.MILLISECONDS);
        }
    }

    /** A client that does not read pauses the connection, as does a fault that holds back as much as it may. */
    private boolean maySend() {
        return !ended && !stream().isPaused() && context().channel().isActive();
    }

    @Override
    void message(ByteBuf message) {
        stream().discarded(message.readableBytes());
        message.release();
    }

    @Override
    void inputEnded() {
        ended = true;
        super.inputEnded();
    }

    @Override
    public void yieldToDrain() {
        ended = true;
    }

    @Override
    public void end() {
        ended = true;
    }

    @Override
    public void discard() {
        ended = true;
    }
}
