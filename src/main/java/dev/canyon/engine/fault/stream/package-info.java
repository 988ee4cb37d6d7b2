/**
 * Faults of a TCP connection: stages that the bytes of one direction pass.
 *
 * <p>Start reading at {@link dev.canyon.engine.fault.stream.StreamStage}.
 */
@NullMarked
@NamedInterface("fault-stream")
package dev.canyon.engine.fault.stream;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
