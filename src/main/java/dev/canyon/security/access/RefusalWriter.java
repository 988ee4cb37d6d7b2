package dev.canyon.security.access;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Writes the response to a rejected request. Implemented by the API, so that all error responses have the same format. */
public interface RefusalWriter {

    /** Why a request is rejected. */
    enum Reason {
        MALFORMED,
        METHOD_NOT_ALLOWED,
        HOST_NOT_ALLOWED,
        UNAUTHENTICATED,
        FORBIDDEN,
        CROSS_ORIGIN,
        TOO_MANY_REQUESTS
    }

    /**
     * Writes the response; headers that are already set are kept.
     *
     * @param detail what is wrong with this request and how to correct it
     */
    void refuse(HttpServletRequest request, HttpServletResponse response, Reason reason, String detail)
            throws IOException;
}
