/**
 * Captures of listeners: their most recent messages, in bounded memory.
 *
 * <p>Start reading at {@link dev.canyon.inspect.capture.Captures}.
 */
@NullMarked
@NamedInterface("capture")
package dev.canyon.inspect.capture;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
