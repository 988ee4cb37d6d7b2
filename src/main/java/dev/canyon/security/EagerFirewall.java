package dev.canyon.security;

import dev.canyon.security.Refusals.Reason;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;
import org.springframework.security.web.firewall.FirewalledRequest;
import org.springframework.security.web.firewall.RequestRejectedException;
import org.springframework.security.web.firewall.RequestRejectedHandler;
import org.springframework.security.web.firewall.StrictHttpFirewall;

/**
 * Refuses paths that can be read in two ways, and what no header carries. Looks at all headers at once; Spring's own would
 * complain of one only when somebody reads it, deep within a call.
 */
final class EagerFirewall extends StrictHttpFirewall implements RequestRejectedHandler {

    private static final Set<String> METHODS = Set.of("GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE");

    private final Refusals refusals;

    EagerFirewall(Refusals refusals) {
        this.refusals = refusals;
        setAllowedHttpMethods(METHODS);
    }

    @Override
    public FirewalledRequest getFirewalledRequest(HttpServletRequest request) {
        FirewalledRequest checked = super.getFirewalledRequest(request);
        checked.getHeaderNames()
                .asIterator()
                .forEachRemaining(name -> checked.getHeaders(name).asIterator().forEachRemaining(value -> {}));
        return checked;
    }

    @Override
    public void handle(HttpServletRequest request, HttpServletResponse response, RequestRejectedException refusal)
            throws IOException {
        ResponseHeaders.write(request, response);
        if (METHODS.contains(request.getMethod())) {
            refusals.refuse(
                    request,
                    response,
                    Reason.MALFORMED,
                    "the path or a header has signs that can be read in two ways, such as '//', ';', '..' or an encoded '/'");
        } else {
            refusals.refuse(request, response, Reason.METHOD_NOT_ALLOWED, "this method is not allowed anywhere here");
        }
    }
}
