/**
 * The specification and the result of a measured run.
 *
 * <p>Start reading at {@link dev.canyon.probe.spec.RunSpec} and {@link dev.canyon.probe.spec.RunResult}.
 */
@NullMarked
@NamedInterface("spec")
package dev.canyon.probe.spec;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
