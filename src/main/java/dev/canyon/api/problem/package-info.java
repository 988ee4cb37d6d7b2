/**
 * The error responses of the API, and the mapping of exceptions to them. Start reading at {@link
 * dev.canyon.api.problem.ProblemCode}.
 */
@NullMarked
package dev.canyon.api.problem;

import org.jspecify.annotations.NullMarked;
