/**
 * Faults of a UDP endpoint: stages that each datagram passes.
 *
 * <p>Start reading at {@link dev.canyon.engine.fault.datagram.DatagramStage}.
 */
@NullMarked
@NamedInterface("fault-datagram")
package dev.canyon.engine.fault.datagram;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
