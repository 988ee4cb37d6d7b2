/**
 * UDP endpoints: sockets, protection against reflection and loops, and replies.
 *
 * <p>Start reading at {@link dev.canyon.engine.udp.UdpEchoEndpoint}; {@code UdpEchoHandler} contains a diagram of the data path.
 */
@NullMarked
package dev.canyon.engine.udp;

import org.jspecify.annotations.NullMarked;
