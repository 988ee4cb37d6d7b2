package dev.canyon.api.problem;

import dev.canyon.engine.fault.FaultRefusedException;
import dev.canyon.engine.kernel.LimitReachedException;
import dev.canyon.engine.tls.TlsUnavailableException;
import dev.canyon.listener.ConnectionNotFoundException;
import dev.canyon.listener.ListenerExistsException;
import dev.canyon.listener.ListenerReadOnlyException;
import dev.canyon.listener.ShuttingDownException;
import dev.canyon.listener.StaleVersionException;
import dev.canyon.listener.StoreUnavailableException;
import dev.canyon.listener.directory.ListenerNotFoundException;
import dev.canyon.listener.endpoint.EndpointNotAllowedException;
import dev.canyon.listener.endpoint.EndpointTakenException;
import dev.canyon.net.BindFailedException;
import dev.canyon.probe.spec.InvalidRunException;
import dev.canyon.thread.EventLoopBlockedException;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.http.converter.HttpMessageNotWritableException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.async.AsyncRequestNotUsableException;
import org.springframework.web.servlet.resource.NoResourceFoundException;

/** Maps every exception of the API to an error response. */
@RestControllerAdvice
class Problems {

    private static final Logger log = LoggerFactory.getLogger(Problems.class);

    @ExceptionHandler
    ResponseEntity<Object> on(ListenerNotFoundException ex) {
        return refuse(ProblemCode.LISTENER_NOT_FOUND, ex);
    }

    @ExceptionHandler
    ResponseEntity<Object> on(ConnectionNotFoundException ex) {
        return refuse(ProblemCode.CONNECTION_NOT_FOUND, ex);
    }

    @ExceptionHandler
    ResponseEntity<Object> on(ListenerExistsException ex) {
        return Problem.of(
                        ProblemCode.LISTENER_EXISTS,
                        ex.getMessage() + ": choose another name, or change the existing listener with PUT or PATCH")
                .toResponse();
    }

    @ExceptionHandler
    ResponseEntity<Object> on(ListenerReadOnlyException ex) {
        return refuse(ProblemCode.LISTENER_READ_ONLY, ex);
    }

    @ExceptionHandler
    ResponseEntity<Object> on(StaleVersionException ex) {
        return refuse(ProblemCode.PRECONDITION_FAILED, ex);
    }

    @ExceptionHandler
    ResponseEntity<Object> on(StoreUnavailableException ex) {
        return refuse(ProblemCode.STORE_UNAVAILABLE, ex);
    }

    @ExceptionHandler
    ResponseEntity<Object> on(EventLoopBlockedException ex) {
        return refuse(ProblemCode.EVENT_LOOP_BLOCKED, ex);
    }

    @ExceptionHandler
    ResponseEntity<Object> on(ShuttingDownException ex) {
        return refuse(ProblemCode.SHUTTING_DOWN, ex);
    }

    @ExceptionHandler
    ResponseEntity<Object> on(EndpointTakenException ex) {
        return problem(ex).toResponse();
    }

    private static Problem problem(EndpointTakenException ex) {
        return Problem.of(
                        ProblemCode.ENDPOINT_TAKEN,
                        ex.getMessage() + ": stop that listener, or choose another port or address")
                .withHolder(ex.holder());
    }

    @ExceptionHandler
    ResponseEntity<Object> on(DefinitionConflictException ex) {
        Problem problem = ex.getCause() instanceof EndpointTakenException taken
                ? problem(taken)
                : Problem.of(
                        ProblemCode.LISTENER_READ_ONLY,
                        String.valueOf(Objects.requireNonNull(ex.getCause()).getMessage()));
        return problem.withErrors(List.of(new Fault(ex.field(), problem.detail())))
                .toResponse();
    }

    @ExceptionHandler
    ResponseEntity<Object> on(EndpointNotAllowedException ex) {
        return refuse(ProblemCode.valueOf(ex.reason().name()), ex);
    }

    @ExceptionHandler
    ResponseEntity<Object> on(BindFailedException ex) {
        return refuse(
                switch (ex.failure()) {
                    case PORT_IN_USE -> ProblemCode.PORT_IN_USE;
                    case PERMISSION_DENIED -> ProblemCode.PERMISSION_DENIED;
                    case ADDRESS_UNAVAILABLE -> ProblemCode.ADDRESS_UNAVAILABLE;
                    case OTHER -> ProblemCode.BIND_FAILED;
                },
                ex);
    }

    @ExceptionHandler
    ResponseEntity<Object> on(TlsUnavailableException ex) {
        return refuse(ProblemCode.TLS_UNAVAILABLE, ex);
    }

    @ExceptionHandler
    ResponseEntity<Object> on(LimitReachedException ex) {
        return Problem.of(ProblemCode.LIMIT_REACHED, String.valueOf(ex.getMessage()))
                .withLimit(ex.limit())
                .toResponse();
    }

    @ExceptionHandler
    ResponseEntity<Object> on(FaultRefusedException ex) {
        return switch (ex.reason()) {
            case EXISTS -> refuse(ProblemCode.FAULT_EXISTS, ex);
            case NOT_FOUND -> refuse(ProblemCode.FAULT_NOT_FOUND, ex);
            case READ_ONLY -> refuse(ProblemCode.FAULT_READ_ONLY, ex);
            case TOO_MANY ->
                Problem.of(ProblemCode.LIMIT_REACHED, String.valueOf(ex.getMessage()))
                        .withLimit("faults")
                        .toResponse();
        };
    }

    @ExceptionHandler
    ResponseEntity<Object> on(RefusedException ex) {
        return refuse(ex.code(), ex);
    }

    @ExceptionHandler
    ResponseEntity<Object> on(InvalidRequestException ex) {
        return invalid(ex.faults());
    }

    @ExceptionHandler
    ResponseEntity<Object> on(InvalidRunException ex) {
        return invalid(List.of(new Fault(ex.field(), String.valueOf(ex.getMessage()))));
    }

    @ExceptionHandler
    ResponseEntity<Object> on(PayloadTooLargeException ex) {
        return refuse(ProblemCode.PAYLOAD_TOO_LARGE, ex);
    }

    /** Spring's own message for a body of no bytes; any other body is read by the API itself. */
    @ExceptionHandler
    ResponseEntity<Object> on(HttpMessageNotReadableException ex) {
        return invalid(List.of(new Fault("body", "is required: send an object")));
    }

    @ExceptionHandler
    ResponseEntity<Object> on(HttpMediaTypeNotSupportedException ex) {
        String supported = ex.getSupportedMediaTypes().stream()
                .filter(MediaType::isConcrete)
                .map(MediaType::toString)
                .collect(Collectors.joining(" or "));
        return withHeaders(
                ex,
                Problem.of(
                        ProblemCode.UNSUPPORTED_MEDIA_TYPE,
                        (ex.getContentType() == null
                                        ? "the request has a missing or invalid Content-Type"
                                        : "the request has Content-Type " + ex.getContentType())
                                + "; supported: " + supported));
    }

    @ExceptionHandler
    ResponseEntity<Object> on(HttpMediaTypeNotAcceptableException ex) {
        return Problem.of(
                        ProblemCode.NOT_ACCEPTABLE,
                        "available as "
                                + ex.getSupportedMediaTypes().stream()
                                        .map(MediaType::toString)
                                        .collect(Collectors.joining(", ")))
                .toResponse();
    }

    @ExceptionHandler
    ResponseEntity<Object> on(HttpRequestMethodNotSupportedException ex) {
        return withHeaders(
                ex,
                Problem.of(
                        ProblemCode.METHOD_NOT_ALLOWED,
                        ex.getMethod() + " is not allowed for this resource; allowed: "
                                + ex.getSupportedHttpMethods()));
    }

    @ExceptionHandler
    ResponseEntity<Object> on(NoResourceFoundException ex, HttpServletRequest request) {
        return Problem.of(
                        ProblemCode.NOT_FOUND,
                        "no resource exists at " + request.getRequestURI() + "; see " + request.getContextPath()
                                + "/swagger-ui.html for the API")
                .toResponse();
    }

    /** The client closed the connection before the response was complete: not an error of Canyon. */
    @ExceptionHandler
    void on(AsyncRequestNotUsableException ex, HttpServletRequest request) {
        log.debug("Client closed the connection during {} {}", request.getMethod(), request.getRequestURI(), ex);
    }

    /** The response could not be written, usually because the client closed the connection. */
    @ExceptionHandler
    @Nullable
    ResponseEntity<Object> on(HttpMessageNotWritableException ex, HttpServletRequest request) {
        for (Throwable cause = ex; cause != null; cause = cause.getCause()) {
            if (cause instanceof AsyncRequestNotUsableException gone) {
                on(gone, request);
                return null;
            }
        }
        return on((Exception) ex, request);
    }

    /** Client errors found by Spring keep their status; everything else is an internal error. */
    @ExceptionHandler
    ResponseEntity<Object> on(Exception ex, HttpServletRequest request) {
        if (ex instanceof ErrorResponse known && known.getStatusCode().is4xxClientError()) {
            return forStatus(
                    known.getStatusCode(), String.valueOf(known.getBody().getDetail()));
        }
        String id = RequestId.of(request);
        log.error("Request {} failed: {} {}", id, request.getMethod(), request.getRequestURI(), ex);
        return Problem.of(ProblemCode.INTERNAL, "see request id " + id + " in the log")
                .withRequestId(id)
                .toResponse();
    }

    static ResponseEntity<Object> forStatus(HttpStatusCode status, String detail) {
        return Problem.forStatus(status.value(), detail).toResponse();
    }

    private static ResponseEntity<Object> refuse(ProblemCode code, RuntimeException ex) {
        return Problem.of(code, String.valueOf(ex.getMessage())).toResponse();
    }

    private static ResponseEntity<Object> invalid(List<Fault> faults) {
        String detail = faults.stream()
                .map(fault -> fault.field() + " " + fault.message())
                .collect(Collectors.joining("; "));
        return Problem.of(ProblemCode.INVALID_REQUEST, detail)
                .withErrors(faults)
                .toResponse();
    }

    private static ResponseEntity<Object> withHeaders(ErrorResponse source, Problem problem) {
        HttpHeaders headers = new HttpHeaders(source.getHeaders());
        headers.setContentType(MediaType.APPLICATION_PROBLEM_JSON);
        return ResponseEntity.status(problem.status()).headers(headers).body(problem);
    }
}
