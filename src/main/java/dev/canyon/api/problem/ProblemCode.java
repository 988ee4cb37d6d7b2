package dev.canyon.api.problem;

import java.util.Locale;
import org.springframework.http.HttpStatus;

/** Every way the API refuses. A code is part of the API: never renamed, never reused. */
public enum ProblemCode {
    INVALID_REQUEST(HttpStatus.BAD_REQUEST, "The request is not valid"),
    CURSOR_INVALID(HttpStatus.BAD_REQUEST, "The cursor is not one of ours"),
    HOST_NOT_ALLOWED(HttpStatus.BAD_REQUEST, "The request is for a name that is not Canyon's"),
    UNAUTHENTICATED(HttpStatus.UNAUTHORIZED, "A key is needed"),
    FORBIDDEN(HttpStatus.FORBIDDEN, "The caller may not do this"),
    CROSS_ORIGIN(HttpStatus.FORBIDDEN, "The request comes from a page of another origin"),
    TARGET_NOT_ALLOWED(HttpStatus.FORBIDDEN, "The target is not one that may be dialled"),
    PORT_NOT_ALLOWED(HttpStatus.FORBIDDEN, "The port is not one that listeners may open"),
    ADDRESS_NOT_ALLOWED(HttpStatus.FORBIDDEN, "The address is not one that listeners may open"),
    LISTENER_NOT_FOUND(HttpStatus.NOT_FOUND, "There is no such listener"),
    CONNECTION_NOT_FOUND(HttpStatus.NOT_FOUND, "There is no such connection"),
    RUN_NOT_FOUND(HttpStatus.NOT_FOUND, "There is no such run"),
    NOT_FOUND(HttpStatus.NOT_FOUND, "There is nothing here"),
    METHOD_NOT_ALLOWED(HttpStatus.METHOD_NOT_ALLOWED, "This method is not allowed here"),
    NOT_ACCEPTABLE(HttpStatus.NOT_ACCEPTABLE, "The answer cannot be given in a form that is accepted"),
    LISTENER_EXISTS(HttpStatus.CONFLICT, "The name is taken"),
    ENDPOINT_TAKEN(HttpStatus.CONFLICT, "Another listener of Canyon has the endpoint"),
    PORT_IN_USE(HttpStatus.CONFLICT, "The port is in use"),
    PERMISSION_DENIED(HttpStatus.CONFLICT, "The process may not open this port"),
    ADDRESS_UNAVAILABLE(HttpStatus.CONFLICT, "The address is not one of this host"),
    BIND_FAILED(HttpStatus.CONFLICT, "The port could not be opened"),
    LISTENER_READ_ONLY(HttpStatus.CONFLICT, "The listener is declared in the configuration"),
    LISTENER_NOT_RUNNING(HttpStatus.CONFLICT, "The listener is not running"),
    LIMIT_REACHED(HttpStatus.CONFLICT, "A limit is reached"),
    PRECONDITION_FAILED(HttpStatus.PRECONDITION_FAILED, "The listener has changed meanwhile"),
    PAYLOAD_TOO_LARGE(HttpStatus.CONTENT_TOO_LARGE, "The body is too large"),
    UNSUPPORTED_MEDIA_TYPE(HttpStatus.UNSUPPORTED_MEDIA_TYPE, "The body is in a form that is not understood"),
    TOO_MANY_REQUESTS(HttpStatus.TOO_MANY_REQUESTS, "Too many requests"),
    INTERNAL(HttpStatus.INTERNAL_SERVER_ERROR, "Something went wrong in Canyon"),
    STORE_UNAVAILABLE(HttpStatus.SERVICE_UNAVAILABLE, "Definitions cannot be kept at the moment"),
    SHUTTING_DOWN(HttpStatus.SERVICE_UNAVAILABLE, "Canyon is ending");

    private final HttpStatus status;
    private final String title;

    ProblemCode(HttpStatus status, String title) {
        this.status = status;
        this.title = title;
    }

    public HttpStatus status() {
        return status;
    }

    public String title() {
        return title;
    }

    /** The word on the wire, for example {@code port-in-use}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
