package dev.canyon.engine.reply;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;

/** Makes the answer to a message. May be used from any thread. */
@FunctionalInterface
public interface Answers {

    /** @return not empty; owned by the caller */
    ByteBuf answer(ByteBufAllocator alloc, Received received);

    /** The same bytes each time. */
    static Answers fixed(Fixed fixed) {
        byte[] bytes = fixed.bytes();
        return (alloc, received) -> alloc.buffer(bytes.length).writeBytes(bytes);
    }

    /** One line of JSON about the message. */
    static Answers identity() {
        return (alloc, received) -> {
            byte[] line = IdentityLine.of(received);
            return alloc.buffer(line.length).writeBytes(line);
        };
    }
}
