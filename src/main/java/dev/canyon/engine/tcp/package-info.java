/**
 * TCP endpoints: accepting, the pipeline of a connection, its timeouts and its drain.
 *
 * <p>Start reading at {@link dev.canyon.engine.tcp.TcpEchoEndpoint}; {@code Pipeline} contains a diagram of the data path.
 */
@NullMarked
package dev.canyon.engine.tcp;

import org.jspecify.annotations.NullMarked;
