package dev.canyon.api.problem;

import io.swagger.v3.oas.annotations.media.Schema;

/**
 * An invalid field or parameter of a request.
 *
 * @param field path of the field in the body, or name of the parameter or header
 * @param message what is wrong and what was expected
 */
public record Fault(
        @Schema(example = "tcp.backlog") String field,

        @Schema(example = "must be an integer, not text") String message) {}
