package dev.canyon.api.audit;

import dev.canyon.security.audit.AuditEntry;
import dev.canyon.security.audit.AuditTrail;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/**
 * Details of the current request that only its controller knows, for the audit trail. Nothing else of a body is recorded. Has no
 * effect on a thread without a request.
 */
public final class Audited {

    private Audited() {}

    /** @param target the object of the request: the name of a listener, or host and port */
    public static void about(String target) {
        call().ifPresent(call -> call.about(target));
    }

    /** @param action replaces the action derived from method and path */
    public static void as(String action) {
        call().ifPresent(call -> call.as(action));
    }

    /** Records the request now rather than with its response, because it has started something that may take long. */
    public static void begun() {
        call().ifPresent(call -> call.end(HttpServletResponse.SC_ACCEPTED, null));
    }

    /** Returns the recorder of the current request, for requests that complete on another thread. */
    public static Actions actions() {
        Optional<AuditedCall> call = call();
        return (action, target, refusal) ->
                call.ifPresent(own -> own.did(action, target, refusal == null ? AuditEntry.OK : refusal));
    }

    /** Records the actions of one request. */
    @FunctionalInterface
    public interface Actions {

        /**
         * Adds an entry for one of several actions of the request.
         *
         * @param refusal the code of the problem; null if the action succeeded
         */
        void did(String action, String target, @Nullable String refusal);
    }

    /**
     * Records a request that is rejected after authentication but before the audit filter, if requests of its kind are recorded.
     *
     * @param code of the problem in the response
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
