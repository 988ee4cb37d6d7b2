package dev.canyon.api.caller;

import dev.canyon.security.key.Role;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The caller of the request. The operation is described in {@link CallerApi}. */
@RestController
@RequestMapping(path = "/api/v1/me", produces = MediaType.APPLICATION_JSON_VALUE)
class CallerController implements CallerApi {

    @Override
    @GetMapping
    public CallerView caller(HttpServletRequest request) {
        return CallerView.of(request.getUserPrincipal(), Role.of(request));
    }
}
