package dev.canyon.api.openapi;

import dev.canyon.api.problem.Problem;
import dev.canyon.api.problem.ProblemCode;
import io.swagger.v3.core.converter.ModelConverters;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.Paths;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.info.License;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.responses.ApiResponses;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import io.swagger.v3.oas.models.servers.Server;
import io.swagger.v3.oas.models.tags.Tag;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springdoc.core.customizers.GlobalOpenApiCustomizer;
import org.springdoc.core.customizers.GlobalOperationCustomizer;
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
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.util.function.SingletonSupplier;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;

/** The frame of the OpenAPI document, and what all operations have in common. */
@Configuration(proxyBeanMethods = false)
class OpenApiConfiguration {

    private static final String BEARER = "bearer";
    private static final String API_KEY = "apiKey";
    private static final String WHEN_NEEDED =
            "The admin or the viewer key. Not needed where the API is open, which it is on"
                    + " loopback unless configured otherwise.";

    /** In the order in which the page is worked through: create first, delete last. */
    private static final List<Tag> TAGS = List.of(
            new Tag().name("Listeners").description("Create, read and change echo listeners"),
            new Tag().name("Lifecycle").description("Start and stop them"),
            new Tag().name("Capture").description("See what a listener receives and sends, and keep it for Wireshark"),
            new Tag().name("Test messages").description("Send a message through a real socket and see what happens"),
            new Tag().name("Runs").description("Send many messages, and see how fast and how well they are answered"),
            new Tag().name("Connections").description("See who is connected, and close a connection"),
            new Tag().name("Events").description("See what happened, and what happens"),
            new Tag().name("Summary").description("All listeners at a glance"),
            new Tag()
                    .name("Configuration")
                    .description("All definitions as one document, to keep under version control"),
            new Tag().name("Clean up").description("Delete listeners and runs"));

    @Bean
    static DocumentationOnDemand documentationOnDemand() {
        return new DocumentationOnDemand();
    }

    /** In the place of springdoc's own, which would be made at start, with a JSON mapper of its own. */
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
                                + "Every error is application/problem+json (RFC 9457); its code says which one.")
                        .license(new License().name("Apache-2.0").url("https://www.apache.org/licenses/LICENSE-2.0")))
                .servers(List.of(new Server().url("/").description("This server")))
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

    /** Adds the problem schema, and puts the paths of one listener's calls before the listener itself, which can delete it. */
    @Bean
    @Lazy
    GlobalOpenApiCustomizer problemsAndOrder() {
        return api -> {
            ModelConverters.getInstance(true)
                    .readAll(Problem.class)
                    .forEach((name, schema) -> api.getComponents().addSchemas(name, schema));
            Paths ordered = new Paths();
            new TreeMap<>(api.getPaths()).forEach(ordered::addPathItem);
            api.setPaths(ordered);
            ordered.values().stream()
                    .flatMap(path -> path.readOperations().stream())
                    .flatMap(operation -> operation.getResponses().values().stream())
                    .forEach(OpenApiConfiguration::putJsonFirst);
            api.getComponents().setSchemas(new TreeMap<>(api.getComponents().getSchemas()));
        };
    }

    /** Swagger UI asks for what comes first, and a stream of events may never end. */
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

    /** Turns {@link Refuses}, and what every call may be refused for, into responses, one for each status. */
    @Bean
    @Lazy
    GlobalOperationCustomizer refusals() {
        return (operation, handler) -> {
            Refuses refuses = handler.getMethodAnnotation(Refuses.class);
            RequestMapping mapping =
                    AnnotatedElementUtils.findMergedAnnotation(handler.getMethod(), RequestMapping.class);
            if (refuses != null && mapping != null) {
                boolean reads = List.of(mapping.method()).equals(List.of(RequestMethod.GET));
                addRefusals(operation, Stream.concat(Arrays.stream(refuses.value()), refusalsOfAccess(reads)));
            }
            return operation;
        };
    }

    private static Stream<ProblemCode> refusalsOfAccess(boolean reads) {
        Stream<ProblemCode> always =
                Stream.of(ProblemCode.HOST_NOT_ALLOWED, ProblemCode.UNAUTHENTICATED, ProblemCode.TOO_MANY_REQUESTS);
        return reads ? always : Stream.concat(always, Stream.of(ProblemCode.FORBIDDEN, ProblemCode.CROSS_ORIGIN));
    }

    private static void addRefusals(Operation operation, Stream<ProblemCode> codes) {
        Map<Integer, List<ProblemCode>> byStatus =
                codes.collect(Collectors.groupingBy(code -> code.status().value(), TreeMap::new, Collectors.toList()));
        ApiResponses responses = operation.getResponses();
        byStatus.forEach((status, problems) -> responses.addApiResponse(
                String.valueOf(status),
                new ApiResponse()
                        .description(problems.stream()
                                .map(problem -> "`" + problem.word() + "`: " + problem.title())
                                .collect(Collectors.joining("; ")))
                        .content(new Content()
                                .addMediaType(
                                        "application/problem+json",
                                        new MediaType().schema(new Schema<>().$ref("#/components/schemas/Problem"))))));
    }
}
