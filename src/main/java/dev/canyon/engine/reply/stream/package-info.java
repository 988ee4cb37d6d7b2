/**
 * Replies to TCP connections: one handler for each mode, and the framing of the stream.
 *
 * <p>Start reading at {@link dev.canyon.engine.reply.stream.StreamReply}. The echo itself is not here: it needs no state.
 */
@NullMarked
@NamedInterface("reply-stream")
package dev.canyon.engine.reply.stream;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
