package dev.canyon.api.audit;

import dev.canyon.api.problem.ProblemRefusals;
import dev.canyon.security.AuditTrail;
import dev.canyon.security.Refusals;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.stereotype.Component;

/**
 * Puts on record what somebody with a key wanted and may not. Strangers are not on record: they could fill the trail until what
 * matters is rotated away.
 */
@Component
final class AuditedRefusals implements Refusals {

    private final ProblemRefusals answers = new ProblemRefusals();
    private final AuditTrail trail;

    AuditedRefusals(AuditTrail trail) {
        this.trail = trail;
    }

    @Override
    public void refuse(HttpServletRequest request, HttpServletResponse response, Reason reason, String detail)
            throws IOException {
        if (reason == Reason.FORBIDDEN && request.getUserPrincipal() != null) {
            Audited.refused(request, trail, HttpServletResponse.SC_FORBIDDEN, ProblemRefusals.code(reason));
        }
        answers.refuse(request, response, reason, detail);
    }
}
