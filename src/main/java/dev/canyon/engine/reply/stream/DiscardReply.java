package dev.canyon.engine.reply.stream;

import io.netty.buffer.ByteBuf;

/** Reads everything and answers nothing (RFC 863). */
final class DiscardReply extends StreamReply {

    DiscardReply(AnsweredStream stream) {
        super(stream);
    }

    @Override
    void message(ByteBuf message) {
        stream().discarded(message.readableBytes());
        message.release();
    }
}
