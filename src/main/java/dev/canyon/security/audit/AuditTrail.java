package dev.canyon.security.audit;

import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Records actions as lines of JSON. The line is in the file when a call returns. A line that cannot be written is lost and
 * counted, and the failure is reported; the action itself is not affected.
 *
 * <p>Thread-safe. Blocks on the disk, so it must not be called from an event loop.
 */
public final class AuditTrail implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(AuditTrail.class);

    /** ASCII only: more characters end or hide a line than JSON requires to be escaped. */
    private static final JsonMapper MAPPER =
            JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    private final AuditFile file;
    private @Nullable String failure;
    private long lost;

    /** The first line after a failure. */
    private record Resumed(Instant time, String actor, String action, String result, long lost) {}

    AuditTrail(AuditFile file) {
        this.file = file;
        try {
            file.open();
        } catch (IOException ex) {
            failed(ex);
        }
    }

    public synchronized void record(AuditEntry entry) {
        if (!isWritable() || !write(entry)) {
            lost++;
        }
    }

    /**
     * Records an attempt to authenticate with a wrong key.
     *
     * @param source address and port of the caller
     * @param requestId the {@code X-Request-Id} of the response
     */
    public void loginFailed(String source, @Nullable String requestId) {
        record(new AuditEntry(
                Instant.now(), AuditEntry.ANONYMOUS, source, "login", null, "unauthenticated", 401, requestId));
    }

    /**
     * Records that a browser has signed in.
     *
     * @param actor the caller from now on, {@code admin} or {@code viewer}
     * @param source address and port of the caller
     * @param requestId the {@code X-Request-Id} of the response
     */
    public void loginSucceeded(String actor, String source, @Nullable String requestId) {
        record(new AuditEntry(Instant.now(), actor, source, "login", null, AuditEntry.OK, 302, requestId));
    }

    /** Why lines cannot be written, tested again by this call; empty if they can. */
    public synchronized Optional<String> failure() {
        return isWritable() ? Optional.empty() : Optional.of(failure + "; lines lost: " + lost);
    }

    /** After a failure, attempts to write a line that states how many are missing. */
    private boolean isWritable() {
        if (failure != null && write(new Resumed(Instant.now(), "canyon", "audit.resume", AuditEntry.OK, lost))) {
            log.warn("The audit trail can be written again; lines lost: {}", lost);
            failure = null;
            lost = 0;
        }
        return failure == null;
    }

    private boolean write(Object line) {
        try {
            file.append(MAPPER.writeValueAsBytes(line));
            return true;
        } catch (IOException ex) {
            failed(ex);
            return false;
        }
    }

    private void failed(IOException cause) {
        String previous = failure;
        failure = "the audit trail cannot be written: " + cause;
        if (previous == null) {
            log.error("Actions are no longer recorded: {}", failure);
        }
    }

    @Override
    public synchronized void close() {
        file.close();
    }
}
