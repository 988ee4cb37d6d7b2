/**
 * Shows how Canyon is doing, through Actuator: health of each listener, and the transport in use. Reads, never changes.
 *
 * <p>Start reading at {@code ListenersHealth}.
 *
 * <p>Uses {@code listener} and {@code transport}.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"transport", "listener"})
package dev.canyon.observe;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
