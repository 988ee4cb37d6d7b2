/**
 * Measured runs: admission, execution, cancellation and history.
 *
 * <p>Start reading at {@link dev.canyon.probe.run.Runs}. Independent of Spring, HTTP, JSON and databases.
 */
@NullMarked
@NamedInterface("run")
package dev.canyon.probe.run;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
