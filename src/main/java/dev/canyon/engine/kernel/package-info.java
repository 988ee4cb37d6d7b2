/**
 * Access to the kernel: the epoll, io_uring and NIO transports, socket options, {@code /proc}, errno values, file
 * descriptors and event loops.
 *
 * <p>Start reading at {@link dev.canyon.engine.kernel.TransportKind}.
 */
@NullMarked
@NamedInterface("kernel")
package dev.canyon.engine.kernel;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
