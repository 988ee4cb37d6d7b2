/**
 * The read side of the listeners: definitions, states and counters; and the observer of changes.
 *
 * <p>Start reading at {@link dev.canyon.listener.directory.ListenerDirectory}, which every package may use; only {@code listener}
 * implements and changes it.
 */
@NullMarked
@NamedInterface("directory")
package dev.canyon.listener.directory;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
