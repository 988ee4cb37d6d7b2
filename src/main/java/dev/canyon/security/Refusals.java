package dev.canyon.security;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Writes what is refused here. The API implements it, so that these refusals look like all others. */
public interface Refusals {

    /** Why a request is refused. */
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
     * Answers the request; headers that are set already stay.
     *
     * @param detail what is wrong this time, and what to do about it
     */
    void refuse(HttpServletRequest request, HttpServletResponse response, Reason reason, String detail)
            throws IOException;
}
