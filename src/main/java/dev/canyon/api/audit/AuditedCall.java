package dev.canyon.api.audit;

import dev.canyon.api.problem.RequestId;
import dev.canyon.security.audit.AuditEntry;
import dev.canyon.security.audit.AuditTrail;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.http.HttpServletRequest;
import java.security.Principal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A request that is recorded in the audit trail. Used by one thread at a time. */
final class AuditedCall {

    private static final String ATTRIBUTE = AuditedCall.class.getName();

    private final AuditTrail trail;
    private final String actor;
    private final String source;
    private final String requestId;
    private String action;
    private @Nullable String target;
    private boolean ended;
    private final List<Part> parts = new ArrayList<>();

    /** One of several actions of the request. */
    private record Part(String action, String target, String result) {}

    private AuditedCall(AuditTrail trail, HttpServletRequest request, AuditedCalls.Match match) {
        this.trail = trail;
        this.actor = actor(request);
        this.source = AuditEntry.source(request);
        this.requestId = RequestId.of(request);
        this.action = match.action();
        this.target = match.target().orElse(null);
    }

    private static String actor(HttpServletRequest request) {
        Principal principal = request.getUserPrincipal();
        return principal == null ? AuditEntry.ANONYMOUS : principal.getName();
    }

    /** Empty if requests of this kind are not recorded. */
    static Optional<AuditedCall> begin(HttpServletRequest request, AuditTrail trail) {
        Optional<AuditedCall> call = AuditedCalls.find(request).map(match -> new AuditedCall(trail, request, match));
        call.ifPresent(begun -> request.setAttribute(ATTRIBUTE, begun));
        return call;
    }

    static Optional<AuditedCall> of(ServletRequest request) {
        return Optional.ofNullable((AuditedCall) request.getAttribute(ATTRIBUTE));
    }

    void about(String target) {
        this.target = target;
    }

    void as(String action) {
        this.action = action;
    }

    void did(String action, String target, String result) {
        parts.add(new Part(action, target, result));
    }

    /**
     * Records the request; a second call does nothing.
     *
     * @param refusal the code of the problem in the response; null if there is none
     */
    void end(int status, @Nullable String refusal) {
        if (!ended) {
            ended = true;
            Instant now = Instant.now();
            trail.record(
                    new AuditEntry(now, actor, source, action, target, result(status, refusal), status, requestId));
            parts.forEach(part -> trail.record(
                    new AuditEntry(now, actor, source, part.action, part.target, part.result, null, requestId)));
        }
    }

    private static String result(int status, @Nullable String refusal) {
        if (refusal != null) {
            return refusal;
        }
        return status < 400 ? AuditEntry.OK : "refused";
    }
}
