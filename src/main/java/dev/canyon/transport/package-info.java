/**
 * Opens TCP and UDP endpoints, moves and counts the bytes.
 *
 * <p>Start reading at {@link dev.canyon.transport.EchoTransport}: it opens an {@link dev.canyon.transport.EchoEndpoint}
 * for an {@link dev.canyon.transport.EndpointSpec}. The way of a byte is drawn in {@code TcpEchoHandler}, the way of a
 * datagram in {@code UdpEchoHandler}.
 *
 * <p>Knows Netty, and nothing of listeners' names, of Spring or of HTTP. Uses none of our other rooms.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {})
package dev.canyon.transport;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
