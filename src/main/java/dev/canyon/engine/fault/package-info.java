/**
 * Faults: what makes a listener misbehave on purpose, which clients and subjects it concerns, and when it is in force.
 *
 * <p>Start reading at {@link dev.canyon.engine.fault.Fault}. {@link dev.canyon.engine.fault.FaultPoint} contains the faults of a
 * listener; {@link dev.canyon.engine.fault.FaultEffect} is implemented by each type in {@code engine.fault.type}: as a stage of a TCP
 * connection ({@code engine.fault.stream}), as a stage of a UDP endpoint ({@code engine.fault.datagram}), or as a state of the
 * listening socket.
 */
@NullMarked
@NamedInterface("fault")
package dev.canyon.engine.fault;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
