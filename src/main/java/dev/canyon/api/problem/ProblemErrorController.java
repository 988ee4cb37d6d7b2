package dev.canyon.api.problem;

import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Error responses for requests rejected outside of controllers: by a filter, the firewall or the container. */
@Hidden
@RestController
class ProblemErrorController implements ErrorController {

    @RequestMapping("${server.error.path:/error}")
    ResponseEntity<Object> error(HttpServletRequest request) {
        Object status = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
        Object path = request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI);
        if (path == null) {
            return Problem.of(ProblemCode.NOT_FOUND, "no resource exists at " + request.getRequestURI())
                    .toResponse();
        }
        Problem problem = Problem.forStatus(
                status instanceof Integer code ? code : 404, "the request to " + path + " was rejected");
        return (problem.status() < 500 ? problem : problem.withRequestId(RequestId.of(request))).toResponse();
    }
}
