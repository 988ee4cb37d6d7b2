/**
 * Client sockets for test messages and measured runs.
 *
 * <p>Start reading at {@link dev.canyon.dial.TcpClientSocket} and {@link dev.canyon.dial.UdpClientSocket}, single sockets that one
 * thread uses (test messages), and at {@link dev.canyon.dial.EventLoopDialer}, which opens thousands of them on event loops (runs).
 * Both resolve names with {@link dev.canyon.dial.HostLookup} and explain failures with {@link dev.canyon.dial.SocketFailure}. Why there
 * are two: {@code docs/decisions/0025-one-way-to-dial.md}.
 *
 * <p>Outgoing TLS and PROXY headers belong here; those of listeners belong in the slots of {@code engine.tcp.Pipeline}. TLS is
 * described by {@link dev.canyon.dial.tls.ClientTls}, the header by {@link dev.canyon.dial.OutgoingProxyHeader}, and both are
 * performed in two places: {@code TcpClientSocket}, and {@code EventLoopDialer.connect}, which adds handlers in front of the caller's.
 *
 * <p>Targets are not checked here: {@code probe.target} decides which are permitted.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"engine :: kernel", "engine :: tls", "net"})
package dev.canyon.dial;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
