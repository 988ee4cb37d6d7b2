/**
 * Every way the API refuses, and the one place that turns exceptions into answers. Start reading at {@link
 * dev.canyon.api.problem.ProblemCode}.
 */
@NullMarked
package dev.canyon.api.problem;

import org.jspecify.annotations.NullMarked;
