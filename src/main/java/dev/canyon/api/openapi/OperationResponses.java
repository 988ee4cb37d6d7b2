package dev.canyon.api.openapi;

import dev.canyon.api.problem.ProblemCode;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.headers.Header;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springdoc.core.customizers.GlobalOperationCustomizer;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.method.HandlerMethod;

/**
 * Adds to the responses of an operation what many have in common: {@link Refuses} and the problems of every call, one response for
 * each status, and the header of {@link Versioned}.
 */
final class OperationResponses implements GlobalOperationCustomizer {

    private static final List<ProblemCode> OF_EVERY_CALL = List.of(
            ProblemCode.HOST_NOT_ALLOWED,
            ProblemCode.UNAUTHENTICATED,
            ProblemCode.NOT_ACCEPTABLE,
            ProblemCode.TOO_MANY_REQUESTS,
            ProblemCode.INTERNAL);
    private static final List<ProblemCode> OF_CHANGES = List.of(ProblemCode.FORBIDDEN, ProblemCode.CROSS_ORIGIN);

    /** Also on reads that every key permits. */
    private static final String FORWARDED =
            "A proxy forwarded the request, but only this host may use an API without keys";

    @Override
    public Operation customize(Operation operation, HandlerMethod handler) {
        Refuses refuses = handler.getMethodAnnotation(Refuses.class);
        RequestMapping mapping = AnnotatedElementUtils.findMergedAnnotation(handler.getMethod(), RequestMapping.class);
        if (handler.hasMethodAnnotation(Versioned.class)) {
            operation.getResponses().values().forEach(OperationResponses::addEntityTag);
        }
        if (refuses != null && mapping != null) {
            boolean reads = List.of(mapping.method()).equals(List.of(RequestMethod.GET));
            addRefusals(
                    operation,
                    Stream.of(List.of(refuses.value()), OF_EVERY_CALL, reads ? List.<ProblemCode>of() : OF_CHANGES)
                            .flatMap(List::stream));
            operation.getResponses().computeIfAbsent("403", none -> problem(FORWARDED));
        }
        return operation;
    }

    private static void addEntityTag(ApiResponse success) {
        success.addHeaderObject(DocumentHeaders.ETAG, new Header().$ref(DocumentHeaders.ETAG_REFERENCE));
    }

    private static void addRefusals(Operation operation, Stream<ProblemCode> codes) {
        codes.collect(Collectors.groupingBy(code -> code.status().value(), TreeMap::new, Collectors.toList()))
                .forEach((status, problems) -> operation
                        .getResponses()
                        .addApiResponse(
                                String.valueOf(status),
                                problem(problems.stream()
                                        .map(problem -> "`" + problem.word() + "`: " + problem.title())
                                        .collect(Collectors.joining("; ")))));
    }

    private static ApiResponse problem(String description) {
        return new ApiResponse()
                .description(description)
                .content(new Content()
                        .addMediaType(
                                "application/problem+json",
                                new MediaType().schema(new Schema<>().$ref("#/components/schemas/Problem"))));
    }
}
