/**
 * What an echo listener is and how it lives: definition, states, start and stop, the directory of all of them, and their
 * faces as beans of the Spring context and of JMX.
 *
 * <p>Start reading at {@link dev.canyon.listener.Listeners}, which holds everything one may do to a listener; the states
 * are in {@link dev.canyon.listener.ListenerState}. Those who only look use {@link dev.canyon.listener.ListenerDirectory}.
 *
 * <p>Uses {@code transport} and reads {@code settings}. Knows nothing of HTTP, JSON, files or metrics.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"settings", "transport"})
package dev.canyon.listener;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
