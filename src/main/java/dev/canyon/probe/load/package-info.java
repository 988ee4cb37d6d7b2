/**
 * Generates the traffic of a measured run and measures it: connections, pacing, matching of responses.
 *
 * <p>Start reading at {@link dev.canyon.probe.load.Load}, and at {@code LoadFlow} for a single connection.
 */
@NullMarked
package dev.canyon.probe.load;

import org.jspecify.annotations.NullMarked;
