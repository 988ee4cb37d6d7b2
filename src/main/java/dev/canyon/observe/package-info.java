/**
 * Shows how Canyon is doing, through Actuator: health of each listener, metrics, and the transport in use. Reads, never changes.
 *
 * <p>Start reading at {@code ListenersHealth} for the health and at {@code Counted} for the metrics. {@code TimedStore} is the only
 * one in the way of a call, which it passes on as it is.
 *
 * <p>Uses {@code listener}, {@code transport} and {@code security}.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"transport", "listener", "security"})
package dev.canyon.observe;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
