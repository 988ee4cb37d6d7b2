/**
 * Counters, latency, buffer limits and taps of a listener. All counters are maintained here. These objects belong to a listener
 * and outlive its sockets.
 *
 * <p>Start reading at {@link dev.canyon.engine.traffic.Observation}.
 */
@NullMarked
@NamedInterface("traffic")
package dev.canyon.engine.traffic;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
