package dev.canyon.engine.reply.stream;

import dev.canyon.engine.reply.Answers;
import dev.canyon.engine.reply.Received;
import dev.canyon.net.Protocol;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.time.Instant;

/** Writes one answer for each message. */
final class MessageReply extends StreamReply {

    private final FrameFormat frames;
    private final Answers answers;
    private long sequence;

    MessageReply(AnsweredStream stream, FrameFormat frames, Answers answers) {
        super(stream);
        this.frames = frames;
        this.answers = answers;
    }

    @Override
    void message(ByteBuf message) {
        try {
            ByteBuf answer = frames.framed(alloc(), answers.answer(alloc(), received(message)));
            stream().discarded(message.readableBytes());
            stream().added(answer.readableBytes());
            write(answer);
        } finally {
            message.release();
        }
    }

    private ByteBufAllocator alloc() {
        return context().alloc();
    }

    private Received received(ByteBuf message) {
        return new Received(
                stream().listener(),
                Protocol.TCP,
                stream().identity(),
                stream().id(),
                ++sequence,
                Instant.now(),
                frames.contentOf(message));
    }
}
