package dev.canyon.api.problem;

import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;

/**
 * Error responses for requests that Tomcat rejects before they reach Spring, such as an invalid request line. Tomcat
 * instantiates it by name.
 */
public final class ProblemErrorValve extends ErrorReportValve {

    @Override
    protected void report(Request request, Response response, @Nullable Throwable throwable) {
        int status = response.getStatus();
        if (status < 400 || response.getContentWritten() > 0 || !response.setErrorReported()) {
            return;
        }
        Problem problem = Problem.forStatus(status, detail(request));
        byte[] body = problem.toJson();
        try {
            response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
            response.setHeader("Cache-Control", "no-store");
            response.setHeader("X-Content-Type-Options", "nosniff");
            response.setContentLength(body.length);
            response.getResponse().getOutputStream().write(body);
            response.finishResponse();
        } catch (IOException | IllegalStateException ex) {
            container.getLogger().debug("Cannot write the error response", ex);
        }
    }

    /** Tomcat does not report its reason, and it stops reading headers at a malformed one. */
    private static String detail(Request request) {
        return request.getHeader(HttpHeaders.HOST) == null
                ? "the HTTP request is malformed, or has no Host header, which HTTP/1.1 requires"
                : "the HTTP request is malformed";
    }
}
