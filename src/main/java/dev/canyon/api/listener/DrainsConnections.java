package dev.canyon.api.listener;

import dev.canyon.api.http.WaitMs;
import dev.canyon.api.openapi.DocumentHeaders;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.headers.Header;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Describes an operation with {@link DrainWait} in the OpenAPI document: its {@code waitMs}, and the response 202. */
@Parameter(
        name = WaitMs.NAME,
        in = ParameterIn.QUERY,
        description =
                "Maximum time to wait for connections to drain, in milliseconds. If it takes longer, the response is 202 and the"
                        + " operation continues. Without this parameter the call waits until the connections have drained",
        schema = @Schema(type = "integer", minimum = "0", maximum = "60000"))
@ApiResponse(
        responseCode = "202",
        description = "Connections are still draining after waitMs; the operation continues",
        headers = @Header(name = DocumentHeaders.ETAG, ref = DocumentHeaders.ETAG_REFERENCE),
        content = @Content(mediaType = "application/json", schema = @Schema(implementation = ListenerView.class)))
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@interface DrainsConnections {}
