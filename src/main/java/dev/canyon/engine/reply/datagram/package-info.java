/**
 * Replies to datagrams: one class for each mode.
 *
 * <p>Start reading at {@link dev.canyon.engine.reply.datagram.DatagramReply}. The echo itself is not here: it needs no state.
 */
@NullMarked
@NamedInterface("reply-datagram")
package dev.canyon.engine.reply.datagram;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
