/**
 * What the kernel tells in {@code /proc} (proc(5)): limits, and tables of sockets.
 *
 * <p>Start reading at {@link dev.canyon.engine.kernel.proc.Sysctl} or {@link dev.canyon.engine.kernel.proc.UdpSocketTable}.
 */
@NullMarked
@NamedInterface("proc")
package dev.canyon.engine.kernel.proc;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
