/**
 * Events of listeners and their connections, in bounded memory.
 *
 * <p>Start reading at {@link dev.canyon.inspect.event.EventLog}.
 */
@NullMarked
@NamedInterface("event")
package dev.canyon.inspect.event;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
