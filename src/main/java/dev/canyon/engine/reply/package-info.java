/**
 * What a listener answers, as it is configured: the mode of the reply, the banner and the framing of TCP streams.
 *
 * <p>Start reading at {@link dev.canyon.engine.reply.ReplySettings}. {@code engine.reply.stream} answers TCP connections, {@code
 * engine.reply.datagram} answers datagrams. A new mode is a record that {@link dev.canyon.engine.reply.Reply} permits, and its
 * handler in one or both of these.
 */
@NullMarked
@NamedInterface("reply")
package dev.canyon.engine.reply;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
