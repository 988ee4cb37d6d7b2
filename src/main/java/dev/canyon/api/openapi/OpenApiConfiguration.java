package dev.canyon.api.openapi;

import dev.canyon.api.problem.Problem;
import io.swagger.v3.core.converter.ModelConverters;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.Paths;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.info.License;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import io.swagger.v3.oas.models.tags.Tag;
import java.net.URI;
import java.util.List;
import java.util.TreeMap;
import org.springdoc.core.customizers.GlobalOpenApiCustomizer;
import org.springdoc.core.customizers.GlobalOperationCustomizer;
import org.springdoc.core.customizers.ServerBaseUrlCustomizer;
import org.springdoc.core.properties.SwaggerUiConfigProperties;
import org.springdoc.core.properties.SwaggerUiOAuthProperties;
import org.springdoc.core.providers.ObjectMapperProvider;
import org.springdoc.webmvc.ui.SwaggerIndexPageTransformer;
import org.springdoc.webmvc.ui.SwaggerIndexTransformer;
import org.springdoc.webmvc.ui.SwaggerWelcomeCommon;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.util.function.SingletonSupplier;

/** The OpenAPI document: metadata, tags, and what all operations have in common. */
@Configuration(proxyBeanMethods = false)
class OpenApiConfiguration {

    private static final String BEARER = "bearer";
    private static final String API_KEY = "apiKey";
    private static final String WHEN_NEEDED =
            "The admin or the viewer key. Not needed if the API is open, the default on" + " loopback.";

    /** In the order in which a reader works through the page: create first, delete last. */
    private static final List<Tag> TAGS = List.of(
            new Tag().name("Listeners").description("Create, read and change echo listeners"),
            new Tag().name("Lifecycle").description("Start, stop and restart listeners"),
            new Tag()
                    .name("Capture")
                    .description("Record what a listener receives and sends, and export it for Wireshark"),
            new Tag()
                    .name("Faults")
                    .description("Make a listener misbehave on purpose, so that clients can be tested against it"),
            new Tag()
                    .name("Test messages")
                    .description("Send a message through a real socket and inspect the response"),
            new Tag().name("Runs").description("Generate load and measure throughput, latency and loss"),
            new Tag().name("Connections").description("List connections and close them"),
            new Tag().name("Events").description("List past events and follow new ones"),
            new Tag().name("Summary").description("Totals over all listeners"),
            new Tag()
                    .name("Configuration")
                    .description("All definitions as one document, to keep under version control"),
            new Tag().name("Access").description("The caller and its role"),
            new Tag().name("Clean up").description("Delete listeners, runs and temporary faults"));

    @Bean
    static DocumentationOnDemand documentationOnDemand() {
        return new DocumentationOnDemand();
    }

    /** Replaces the one of springdoc, which would be created at startup, with a JSON mapper of its own. */
    @Bean
    SwaggerIndexTransformer swaggerIndexPage(
            SwaggerUiConfigProperties settings,
            SwaggerUiOAuthProperties oauth,
            ObjectProvider<SwaggerWelcomeCommon> welcome,
            ObjectProvider<ObjectMapperProvider> mapper) {
        SingletonSupplier<SwaggerIndexTransformer> page = SingletonSupplier.of(
                () -> new SwaggerIndexPageTransformer(settings, oauth, welcome.getObject(), mapper.getObject()));
        return (request, resource, chain) -> page.obtain().transform(request, resource, chain);
    }

    @Bean
    @Lazy
    OpenAPI openApi() {
        return new OpenAPI()
                .info(new Info()
                        .title("Canyon")
                        .version("1")
                        .description("TCP and UDP echo listeners: create, start, stop, inspect and test them.\n\n"
                                + "Every error is application/problem+json (RFC 9457), identified by its code.")
                        .license(new License().name("Apache-2.0").url("https://www.apache.org/licenses/LICENSE-2.0")))
                .tags(TAGS)
                .security(
                        List.of(new SecurityRequirement().addList(BEARER), new SecurityRequirement().addList(API_KEY)))
                .components(new Components()
                        .addSecuritySchemes(
                                BEARER,
                                new SecurityScheme()
                                        .type(SecurityScheme.Type.HTTP)
                                        .scheme("bearer")
                                        .description(WHEN_NEEDED))
                        .addSecuritySchemes(
                                API_KEY,
                                new SecurityScheme()
                                        .type(SecurityScheme.Type.APIKEY)
                                        .in(SecurityScheme.In.HEADER)
                                        .name("X-API-Key")
                                        .description("The same key, for clients that cannot set Authorization.")));
    }

    /** A path is enough, since the document is read from the server that it describes. */
    @Bean
    @Lazy
    ServerBaseUrlCustomizer contextPathAsServer() {
        return (url, request) -> {
            String path = URI.create(url).getRawPath();
            return path.isEmpty() ? "/" : path;
        };
    }

    /** Adds the schemas of problems and definitions, and sorts the paths. */
    @Bean
    @Lazy
    GlobalOpenApiCustomizer problemsAndOrder() {
        return api -> {
            ModelConverters.getInstance(true)
                    .readAll(Problem.class)
                    .forEach((name, schema) -> api.getComponents().addSchemas(name, schema));
            DefinitionSchemas.addTo(api.getComponents());
            FaultExamples.addTo(api);
            DocumentHeaders.addTo(api.getComponents());
            OptionalInRequests.applyTo(api);
            Paths ordered = new Paths();
            new TreeMap<>(api.getPaths()).forEach(ordered::addPathItem);
            api.setPaths(ordered);
            ordered.values().stream()
                    .flatMap(path -> path.readOperations().stream())
                    .forEach(OpenApiConfiguration::tidy);
            api.getComponents().setSchemas(new TreeMap<>(api.getComponents().getSchemas()));
        };
    }

    private static void tidy(Operation operation) {
        for (ApiResponse response : operation.getResponses().values()) {
            putJsonFirst(response);
            if (response.getHeaders() != null) {
                // Set for every header of an annotation, but not allowed next to a reference.
                response.getHeaders().values().forEach(header -> header.setStyle(null));
            }
        }
        if (operation.getParameters() != null) {
            operation.getParameters().forEach(OpenApiConfiguration::keepExampleAsText);
        }
    }

    /** An example that looks like a number is read as one, whatever the type of the parameter. */
    private static void keepExampleAsText(Parameter parameter) {
        if (parameter.getExample() != null && parameter.getSchema().getTypes().contains("string")) {
            parameter.setExample(String.valueOf(parameter.getExample()));
        }
    }

    /** Swagger UI requests the first media type, and a stream of events may never end. */
    private static void putJsonFirst(ApiResponse response) {
        MediaType json =
                response.getContent() == null ? null : response.getContent().remove("application/json");
        if (json != null) {
            Content ordered = new Content();
            ordered.put("application/json", json);
            ordered.putAll(response.getContent());
            response.setContent(ordered);
        }
    }

    @Bean
    @Lazy
    GlobalOperationCustomizer operationResponses() {
        return new OperationResponses();
    }

    @Bean
    @Lazy
    RecordSchemas recordSchemas() {
        return new RecordSchemas();
    }
}
