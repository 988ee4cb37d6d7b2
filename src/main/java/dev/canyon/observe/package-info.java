/**
 * Shows how Canyon is doing, through Actuator: health of each listener, metrics, and the transport in use. Reads, never changes.
 *
 * <p>Start reading at {@code ListenersHealth} for the health and at {@code Counted} for the metrics.
 *
 * <p>Uses {@code listener} and {@code transport}.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"transport", "listener"})
package dev.canyon.observe;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
