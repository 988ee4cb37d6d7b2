package dev.canyon.api.problem;

import dev.canyon.listener.ConnectionNotFoundException;
import dev.canyon.listener.EndpointNotAllowedException;
import dev.canyon.listener.EndpointTakenException;
import dev.canyon.listener.ListenerExistsException;
import dev.canyon.listener.ListenerNotFoundException;
import dev.canyon.listener.ListenerReadOnlyException;
import dev.canyon.listener.ShuttingDownException;
import dev.canyon.listener.StaleVersionException;
import dev.canyon.listener.StoreUnavailableException;
import dev.canyon.probe.run.InvalidRunException;
import dev.canyon.transport.BindFailedException;
import dev.canyon.transport.LimitReachedException;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
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
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.StreamReadException;

/** Turns every exception into an answer. The only such place. */
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
                        ex.getMessage() + ": choose another name, or change that one with PUT or PATCH")
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
    ResponseEntity<Object> on(ShuttingDownException ex) {
        return refuse(ProblemCode.SHUTTING_DOWN, ex);
    }

    @ExceptionHandler
    ResponseEntity<Object> on(EndpointTakenException ex) {
        return Problem.of(
                        ProblemCode.ENDPOINT_TAKEN,
                        ex.getMessage() + ": stop that one, or choose another port or address")
                .withHolder(ex.holder())
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
    ResponseEntity<Object> on(LimitReachedException ex) {
        return Problem.of(ProblemCode.LIMIT_REACHED, String.valueOf(ex.getMessage()))
                .withLimit(ex.limit())
                .toResponse();
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

    @ExceptionHandler
    ResponseEntity<Object> on(HttpMessageNotReadableException ex) {
        for (Throwable cause = ex; cause != null; cause = cause.getCause()) {
            if (cause instanceof PayloadTooLargeException tooLarge) {
                return on(tooLarge);
            }
            if (cause instanceof JacksonException json) {
                return invalid(List.of(unreadable(json)));
            }
        }
        return invalid(List.of(new Fault("body", "is missing: a JSON object is expected")));
    }

    private static Fault unreadable(JacksonException ex) {
        if (!(ex instanceof StreamReadException)) {
            return new Fault("body", "must be a JSON object");
        }
        String message = ex.getOriginalMessage();
        String where = " (line " + ex.getLocation().getLineNr() + ", column "
                + ex.getLocation().getColumnNr() + ")";
        String duplicate = DuplicateField.nameIn(message);
        return duplicate != null
                ? new Fault(duplicate, "appears twice" + where)
                : new Fault("body", "is not JSON: " + message.replaceFirst(" \\(start marker.*", "") + where);
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
                                        ? "the body has no valid Content-Type"
                                        : "the body is " + ex.getContentType())
                                + ": send it with Content-Type: " + supported));
    }

    @ExceptionHandler
    ResponseEntity<Object> on(HttpMediaTypeNotAcceptableException ex) {
        return Problem.of(
                        ProblemCode.NOT_ACCEPTABLE,
                        "this can be had as "
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
                        ex.getMethod() + " is not allowed here; allowed: " + ex.getSupportedHttpMethods()));
    }

    @ExceptionHandler
    ResponseEntity<Object> on(NoResourceFoundException ex, HttpServletRequest request) {
        return Problem.of(
                        ProblemCode.NOT_FOUND,
                        "there is nothing at " + request.getRequestURI() + "; the API is described at /swagger-ui.html")
                .toResponse();
    }

    /** The client went away before it had its answer: there is nobody to tell, and nothing is wrong here. */
    @ExceptionHandler
    void on(AsyncRequestNotUsableException ex, HttpServletRequest request) {
        log.debug("The client of {} {} is gone", request.getMethod(), request.getRequestURI(), ex);
    }

    /** An answer that could not be written whole, mostly because the client went away meanwhile. */
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

    /** Everything else: Spring's own refusals keep their status, the rest is ours to look into. */
    @ExceptionHandler
    ResponseEntity<Object> on(Exception ex, HttpServletRequest request) {
        if (ex instanceof ErrorResponse known && known.getStatusCode().is4xxClientError()) {
            return forStatus(
                    known.getStatusCode(), String.valueOf(known.getBody().getDetail()));
        }
        String id = RequestId.of(request);
        log.error("Request {} failed: {} {}", id, request.getMethod(), request.getRequestURI(), ex);
        return Problem.of(ProblemCode.INTERNAL, "the log has the cause under request id " + id)
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
