/**
 * What listeners have seen: events, captured traffic, and its form for Wireshark.
 *
 * <p>Start reading at {@link dev.canyon.inspect.Journal}, which has the events of all listeners; at {@link
 * dev.canyon.inspect.Captures}, which has the newest messages of each listener that is watched; and at {@link
 * dev.canyon.inspect.PcapngWriter}, which turns a sequence of {@link dev.canyon.inspect.Captured} into a capture file.
 *
 * <p>May use {@code transport} and {@code listener}. Knows nothing of HTTP and JSON.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"transport", "listener"})
package dev.canyon.inspect;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
