package dev.canyon.api.audit;

import dev.canyon.api.problem.ProblemRefusalWriter;
import dev.canyon.security.access.RefusalWriter;
import dev.canyon.security.audit.AuditTrail;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.stereotype.Component;

/**
 * Records requests whose key does not permit them. Unauthenticated requests are not recorded: they could fill the trail until
 * earlier entries are rotated away.
 */
@Component
final class AuditingRefusalWriter implements RefusalWriter {

    private final ProblemRefusalWriter writer = new ProblemRefusalWriter();
    private final AuditTrail trail;

    AuditingRefusalWriter(AuditTrail trail) {
        this.trail = trail;
    }

    @Override
    public void refuse(HttpServletRequest request, HttpServletResponse response, Reason reason, String detail)
            throws IOException {
        if (reason == Reason.FORBIDDEN && request.getUserPrincipal() != null) {
            Audited.refused(request, trail, HttpServletResponse.SC_FORBIDDEN, ProblemRefusalWriter.code(reason));
        }
        writer.refuse(request, response, reason, detail);
    }
}
