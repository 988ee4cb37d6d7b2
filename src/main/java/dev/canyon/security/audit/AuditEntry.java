package dev.canyon.security.audit;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.canyon.net.IpText;
import jakarta.servlet.ServletRequest;
import java.net.InetSocketAddress;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An action that was performed or attempted. Contains no keys and no payloads. Actor and target may be arbitrary text from a
 * client and are truncated.
 *
 * @param actor the caller; {@link #ANONYMOUS} if not authenticated
 * @param source address and port of the caller; null if the action did not come over the network
 * @param action a stable identifier such as {@code listener.create}
 * @param target the object of the action; null if there is no single one or it is unknown
 * @param result {@link #OK} or the code of the API's problem
 * @param status the HTTP status; null if there was no HTTP request
 * @param requestId the {@code X-Request-Id} of the response
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonPropertyOrder({"time", "actor", "source", "action", "target", "result", "status", "requestId"})
public record AuditEntry(
        Instant time,
        String actor,
        @Nullable String source,
        String action,
        @Nullable String target,
        String result,
        @Nullable Integer status,
        @Nullable String requestId) {

    public static final String ANONYMOUS = "anonymous";
    public static final String OK = "ok";

    /** A host name has at most 253 characters; longer values serve only to fill the file. */
    private static final int MAX_LENGTH = 256;

    public AuditEntry {
        actor = truncate(actor);
        target = target == null ? null : truncate(target);
    }

    /** The address and port of a caller as used in {@code source}: in canonical form, IPv6 addresses in brackets. */
    public static String source(ServletRequest request) {
        String address = request.getRemoteAddr();
        int port = request.getRemotePort();
        return IpText.parse(address)
                .map(known -> IpText.of(new InetSocketAddress(known, port)))
                .orElse(address + ":" + port);
    }

    private static String truncate(String text) {
        return text.length() <= MAX_LENGTH ? text : text.substring(0, MAX_LENGTH) + "...";
    }
}
