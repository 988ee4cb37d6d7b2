package dev.canyon.api.fault;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;

/** The faults of a listener. */
record FaultList(
        @Schema(description = "In the order of their effect")
        List<FaultView> items) {}
