package dev.canyon.security.request;

import dev.canyon.security.access.RefusalWriter;
import dev.canyon.security.access.RefusalWriter.Reason;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;
import org.springframework.security.web.firewall.FirewalledRequest;
import org.springframework.security.web.firewall.RequestRejectedException;
import org.springframework.security.web.firewall.RequestRejectedHandler;
import org.springframework.security.web.firewall.StrictHttpFirewall;

/**
 * Rejects ambiguous paths, and headers with characters that are not allowed. Checks all headers up front; Spring's firewall
 * rejects a header only when it is read, which may be while a controller runs.
 */
public final class StrictRequestFirewall extends StrictHttpFirewall implements RequestRejectedHandler {

    private static final Set<String> METHODS = Set.of("GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE");

    private final RefusalWriter refusals;

    public StrictRequestFirewall(RefusalWriter refusals) {
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
                    "the path or a header contains ambiguous characters, such as '//', ';', '..' or an encoded '/'");
        } else {
            refusals.refuse(request, response, Reason.METHOD_NOT_ALLOWED, "this method is not supported");
        }
    }
}
