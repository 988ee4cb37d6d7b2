package dev.canyon.security;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.canyon.transport.IpText;
import jakarta.servlet.ServletRequest;
import java.net.InetSocketAddress;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What somebody did, or tried to do. Holds no key and no payload; names may be anything that a client wrote, and what is too
 * long of them is cut.
 *
 * @param actor who; {@link #ANONYMOUS} if nobody said
 * @param source from which address and port; null if it did not come over the network
 * @param action a word that never changes, such as {@code listener.create}
 * @param target what it was done to; null if it is no single thing, or nobody could tell
 * @param result {@link #OK} or why not, in the words of the API's problems
 * @param status the answer's; null if there was no HTTP
 * @param requestId the answer's {@code X-Request-Id}
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

    /** A host name is at most 253 characters; whoever sends more wants to fill the file. */
    private static final int LONGEST = 256;

    public AuditEntry {
        actor = cut(actor);
        target = target == null ? null : cut(target);
    }

    /** Where a request comes from, as it stands in {@code source}: an IPv6 address in brackets, each spelt in one way. */
    public static String source(ServletRequest request) {
        String address = request.getRemoteAddr();
        int port = request.getRemotePort();
        return IpText.parse(address)
                .map(known -> IpText.of(new InetSocketAddress(known, port)))
                .orElse(address + ":" + port);
    }

    private static String cut(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "...";
    }
}
