package dev.canyon.api.configuration;

import dev.canyon.api.json.BodyTree;
import dev.canyon.api.openapi.Refuses;
import dev.canyon.api.problem.ProblemCode;
import io.swagger.v3.oas.annotations.Hidden;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.util.MultiValueMap;
import org.springframework.web.context.request.async.DeferredResult;

/** Documentation of the operations on the configuration document. */
interface ConfigurationApi {

    String EXAMPLE = """
            {
              "version": 1,
              "listeners": [
                {"name": "edge-tcp", "protocol": "tcp", "port": 7010},
                {"name": "edge-udp", "protocol": "udp", "port": 7010}
              ]
            }""";

    @Tag(name = "Configuration")
    @Operation(
            operationId = "getConfiguration",
            summary = "Get all definitions created through the API as one document",
            description =
                    "Sorted by name, with every default filled in; YAML with Accept: application/yaml. Applying the"
                            + " unmodified document changes nothing. Listeners declared in the configuration of the"
                            + " application are not included.")
    @ApiResponse(
            responseCode = "200",
            description = "The document",
            content = {
                @Content(
                        mediaType = "application/json",
                        schema = @Schema(implementation = ConfigurationDocument.class)),
                @Content(mediaType = "application/yaml", schema = @Schema(implementation = ConfigurationDocument.class))
            })
    @Refuses({ProblemCode.INVALID_REQUEST, ProblemCode.NOT_ACCEPTABLE})
    ConfigurationDocument configuration();

    @Hidden
    byte[] configurationAsYaml();

    @Tag(name = "Configuration")
    @Operation(
            operationId = "applyConfiguration",
            summary = "Create, change and delete listeners to match a document",
            description =
                    "If any definition is invalid, the document is rejected and nothing changes. Ports that become free"
                            + " are closed before others are opened. If a port cannot be bound or is not allowed, its"
                            + " listener is failed and retried, and everything else is applied. Up to 16 MiB. YAML is also accepted as"
                            + " application/x-yaml, text/yaml and text/x-yaml.",
            requestBody =
                    @RequestBody(
                            required = true,
                            content = {
                                @Content(
                                        mediaType = "application/json",
                                        schema = @Schema(implementation = ConfigurationRequest.class),
                                        examples = @ExampleObject(name = "two listeners", value = EXAMPLE)),
                                @Content(
                                        mediaType = "application/yaml",
                                        schema = @Schema(implementation = ConfigurationRequest.class),
                                        examples = @ExampleObject(name = "two listeners", value = EXAMPLE))
                            }))
    @Parameter(
            name = "dryRun",
            in = ParameterIn.QUERY,
            description = "Only return the plan",
            schema = @Schema(type = "boolean", defaultValue = "false"))
    @Parameter(
            name = "prune",
            in = ParameterIn.QUERY,
            description = "Also delete listeners that the document lacks, except declared ones",
            schema = @Schema(type = "boolean", defaultValue = "false"))
    @ApiResponse(responseCode = "200", description = "Result for each listener, in the order of the document")
    @Refuses({
        ProblemCode.INVALID_REQUEST,
        ProblemCode.ENDPOINT_TAKEN,
        ProblemCode.LISTENER_READ_ONLY,
        ProblemCode.LIMIT_REACHED,
        ProblemCode.PAYLOAD_TOO_LARGE,
        ProblemCode.UNSUPPORTED_MEDIA_TYPE,
        ProblemCode.STORE_UNAVAILABLE
    })
    DeferredResult<AppliedView> apply(
            @Parameter(hidden = true) MultiValueMap<String, String> parameters,
            @Parameter(hidden = true) BodyTree document);
}
