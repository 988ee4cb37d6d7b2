/**
 * Measured runs: many messages over many connections or flows, every one compared, counted and timed.
 *
 * <p>Start reading at {@link dev.canyon.probe.run.Runs}, which holds everything one may do to a run; how one goes is in
 * {@code Load}, top to bottom, and what becomes of its messages in {@code Flow}.
 *
 * <p>Knows nothing of Spring, HTTP, JSON or databases.
 */
@NullMarked
@NamedInterface("run")
package dev.canyon.probe.run;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
