package dev.canyon.api.problem;

import io.swagger.v3.oas.annotations.media.Schema;

/**
 * One thing that is wrong with a request.
 *
 * @param field the field's path in the body, or the name of the parameter
 * @param message what is wrong and what was expected
 */
public record Fault(
        @Schema(example = "tcp.backlog") String field,

        @Schema(example = "must be a whole number, not text")
        String message) {}
