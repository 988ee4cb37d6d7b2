package dev.canyon.api;

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
import tools.jackson.databind.node.ObjectNode;

/** What the calls for the configuration document say of themselves. */
interface ConfigurationApi {

    String JSON_EXAMPLE = """
            {
              "version": 1,
              "listeners": [
                {"name": "edge-tcp", "protocol": "tcp", "port": 7010},
                {"name": "edge-udp", "protocol": "udp", "port": 7010}
              ]
            }""";

    String YAML_EXAMPLE = """
            version: 1
            listeners:
              - {name: edge-tcp, protocol: tcp, port: 7010}
              - {name: edge-udp, protocol: udp, port: 7010}
            """;

    @Tag(name = "Configuration")
    @Operation(
            operationId = "getConfiguration",
            summary = "Every definition that was made over the API, as one document",
            description =
                    "Sorted by name, with every default filled in; with Accept: application/yaml as YAML. Applied as"
                            + " it is, it leaves everything unchanged. Listeners that the application's own configuration"
                            + " declares are not in it.")
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
            summary = "Bring all listeners to what a document says",
            description =
                    "As a whole: one definition that is refused refuses the document before anything is touched. Ports"
                            + " that become free are closed before others are opened. A port that cannot be bound, or is not allowed, leaves its"
                            + " listener failed and tried again, and everything else applied. Up to 16 MiB.",
            requestBody =
                    @RequestBody(
                            required = true,
                            content = {
                                @Content(
                                        mediaType = "application/json",
                                        schema = @Schema(implementation = ConfigurationRequest.class),
                                        examples = @ExampleObject(name = "two listeners", value = JSON_EXAMPLE)),
                                @Content(
                                        mediaType = "application/yaml",
                                        schema = @Schema(implementation = ConfigurationRequest.class),
                                        examples = @ExampleObject(name = "two listeners", value = YAML_EXAMPLE))
                            }))
    @Parameter(
            name = "dryRun",
            in = ParameterIn.QUERY,
            description = "Only tell what would happen",
            schema = @Schema(type = "boolean", defaultValue = "false"))
    @Parameter(
            name = "prune",
            in = ParameterIn.QUERY,
            description = "Also delete what the document does not have, but never what is declared elsewhere",
            schema = @Schema(type = "boolean", defaultValue = "false"))
    @ApiResponse(responseCode = "200", description = "What became of each listener, in the order of the document")
    @Refuses({
        ProblemCode.INVALID_REQUEST,
        ProblemCode.ENDPOINT_TAKEN,
        ProblemCode.LISTENER_READ_ONLY,
        ProblemCode.LIMIT_REACHED,
        ProblemCode.PAYLOAD_TOO_LARGE,
        ProblemCode.UNSUPPORTED_MEDIA_TYPE,
        ProblemCode.STORE_UNAVAILABLE
    })
    AppliedView apply(
            @Parameter(hidden = true) MultiValueMap<String, String> parameters,
            @Parameter(hidden = true) ObjectNode document);

    @Hidden
    AppliedView applyYaml(MultiValueMap<String, String> parameters, byte[] document);
}
