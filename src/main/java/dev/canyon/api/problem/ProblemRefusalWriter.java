package dev.canyon.api.problem;

import dev.canyon.security.access.RefusalWriter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.MediaType;

/** Error responses for requests that are rejected before they reach a controller. */
public final class ProblemRefusalWriter implements RefusalWriter {

    @Override
    public void refuse(HttpServletRequest request, HttpServletResponse response, Reason reason, String detail)
            throws IOException {
        Problem problem = Problem.of(codeOf(reason), detail);
        byte[] body = problem.toJson();
        response.setStatus(problem.status());
        response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }

    /** The code of the problem that is sent. */
    public static String code(Reason reason) {
        return codeOf(reason).word();
    }

    private static ProblemCode codeOf(Reason reason) {
        return switch (reason) {
            case MALFORMED -> ProblemCode.INVALID_REQUEST;
            case METHOD_NOT_ALLOWED -> ProblemCode.METHOD_NOT_ALLOWED;
            case HOST_NOT_ALLOWED -> ProblemCode.HOST_NOT_ALLOWED;
            case UNAUTHENTICATED -> ProblemCode.UNAUTHENTICATED;
            case FORBIDDEN -> ProblemCode.FORBIDDEN;
            case CROSS_ORIGIN -> ProblemCode.CROSS_ORIGIN;
            case TOO_MANY_REQUESTS -> ProblemCode.TOO_MANY_REQUESTS;
        };
    }
}
