package dev.canyon.api.audit;

import dev.canyon.security.AuditEntry;
import dev.canyon.security.AuditTrail;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/**
 * What only a controller knows of the call at hand, for the audit trail. Nothing of a body is on record but what is said
 * here. On a thread without a request it says nothing.
 */
public final class Audited {

    private Audited() {}

    /** @param target what the call is about: the name of a listener, or host and port */
    public static void about(String target) {
        call().ifPresent(call -> call.about(target));
    }

    /** @param action the word for what it really does, if that depends on more than method and path */
    public static void as(String action) {
        call().ifPresent(call -> call.as(action));
    }

    /** It has begun something that may go on for long: that is on record now, not only when it is answered. */
    public static void begun() {
        call().ifPresent(call -> call.end(HttpServletResponse.SC_ACCEPTED, null));
    }

    /**
     * It has also done this, which has a line of its own.
     *
     * @param refusal the code of the problem; null if it was done
     */
    public static void did(String action, String target, @Nullable String refusal) {
        call().ifPresent(call -> call.did(action, target, refusal == null ? AuditEntry.OK : refusal));
    }

    /**
     * For whoever turns a call away before it comes to the audit filter, and knows who calls: puts it on record if it is one
     * of those that are.
     *
     * @param request with its user, if there is one
     * @param code of the answer's problem
     */
    public static void refused(HttpServletRequest request, AuditTrail trail, int status, String code) {
        AuditedCall.begin(request, trail).ifPresent(call -> call.end(status, code));
    }

    private static Optional<AuditedCall> call() {
        return RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes attributes
                ? AuditedCall.of(attributes.getRequest())
                : Optional.empty();
    }
}
