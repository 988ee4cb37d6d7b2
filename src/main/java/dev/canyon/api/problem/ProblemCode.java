package dev.canyon.api.problem;

import dev.canyon.net.WireName;
import org.springframework.http.HttpStatus;

/** All error codes of the API. Codes are part of the API: never renamed, never reused. */
public enum ProblemCode {
    INVALID_REQUEST(HttpStatus.BAD_REQUEST, "The request is not valid"),
    CURSOR_INVALID(HttpStatus.BAD_REQUEST, "The cursor is not valid"),
    HOST_NOT_ALLOWED(HttpStatus.BAD_REQUEST, "The Host header is not allowed"),
    UNAUTHENTICATED(HttpStatus.UNAUTHORIZED, "A key is required"),
    FORBIDDEN(HttpStatus.FORBIDDEN, "The key does not permit this operation"),
    CROSS_ORIGIN(HttpStatus.FORBIDDEN, "Cross-origin requests are not allowed"),
    TARGET_NOT_ALLOWED(HttpStatus.FORBIDDEN, "The target is not allowed"),
    PORT_NOT_ALLOWED(HttpStatus.FORBIDDEN, "The port is not allowed for listeners"),
    ADDRESS_NOT_ALLOWED(HttpStatus.FORBIDDEN, "The address is not allowed for listeners"),
    LISTENER_NOT_FOUND(HttpStatus.NOT_FOUND, "Listener not found"),
    CONNECTION_NOT_FOUND(HttpStatus.NOT_FOUND, "Connection not found"),
    FAULT_NOT_FOUND(HttpStatus.NOT_FOUND, "Fault not found"),
    RUN_NOT_FOUND(HttpStatus.NOT_FOUND, "Run not found"),
    NOT_FOUND(HttpStatus.NOT_FOUND, "Resource not found"),
    METHOD_NOT_ALLOWED(HttpStatus.METHOD_NOT_ALLOWED, "Method not allowed"),
    NOT_ACCEPTABLE(HttpStatus.NOT_ACCEPTABLE, "No acceptable representation is available"),
    LISTENER_EXISTS(HttpStatus.CONFLICT, "The listener already exists"),
    ENDPOINT_TAKEN(HttpStatus.CONFLICT, "The endpoint is taken by another listener"),
    PORT_IN_USE(HttpStatus.CONFLICT, "The port is in use"),
    PERMISSION_DENIED(HttpStatus.CONFLICT, "Permission to bind the port was denied"),
    ADDRESS_UNAVAILABLE(HttpStatus.CONFLICT, "The address is not an address of this host"),
    TLS_UNAVAILABLE(HttpStatus.CONFLICT, "The SSL bundle cannot be used"),
    BIND_FAILED(HttpStatus.CONFLICT, "The port could not be bound"),
    LISTENER_READ_ONLY(HttpStatus.CONFLICT, "The listener is declared in the configuration"),
    LISTENER_NOT_RUNNING(HttpStatus.CONFLICT, "The listener is not running"),
    FAULT_EXISTS(HttpStatus.CONFLICT, "The fault already exists"),
    FAULT_READ_ONLY(HttpStatus.CONFLICT, "The fault belongs to the definition of the listener"),
    LIMIT_REACHED(HttpStatus.CONFLICT, "A limit has been reached"),
    PRECONDITION_FAILED(HttpStatus.PRECONDITION_FAILED, "The listener has been modified"),
    PAYLOAD_TOO_LARGE(HttpStatus.CONTENT_TOO_LARGE, "The request body is too large"),
    UNSUPPORTED_MEDIA_TYPE(HttpStatus.UNSUPPORTED_MEDIA_TYPE, "The media type is not supported"),
    TOO_MANY_REQUESTS(HttpStatus.TOO_MANY_REQUESTS, "Too many requests"),
    INTERNAL(HttpStatus.INTERNAL_SERVER_ERROR, "Internal error"),
    STORE_UNAVAILABLE(HttpStatus.SERVICE_UNAVAILABLE, "The store is unavailable"),
    EVENT_LOOP_BLOCKED(HttpStatus.SERVICE_UNAVAILABLE, "An event loop does not answer"),
    SHUTTING_DOWN(HttpStatus.SERVICE_UNAVAILABLE, "Canyon is shutting down");

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

    /** The value in the API, for example {@code port-in-use}. */
    public String word() {
        return WireName.of(this);
    }
}
