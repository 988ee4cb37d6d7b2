package dev.canyon.api.fault;

import io.swagger.v3.oas.annotations.media.Schema;

/** The faults that were removed. */
record RemovedFaults(
        @Schema(description = "Number of temporary faults removed", example = "2")
        int removed) {}
