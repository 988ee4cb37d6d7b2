package dev.canyon.security;

import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Keeps a line of JSON for each thing that somebody did. The line is in the file when a call returns, and outlives the
 * process; what cannot be written is lost, counted and told, and never stops what it is about.
 *
 * <p>May be used from any thread but an event loop: a call waits for the disk.
 */
public final class AuditTrail implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(AuditTrail.class);

    /** Nothing but ASCII leaves: there are more characters that end a line or hide one than JSON has to escape. */
    private static final JsonMapper MAPPER =
            JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    private final AuditFile file;
    private @Nullable String trouble;
    private long lost;

    /** The first line after a trouble. */
    private record Resumed(Instant time, String actor, String action, String result, long lost) {}

    AuditTrail(AuditFile file) {
        this.file = file;
        try {
            file.open();
        } catch (IOException ex) {
            begin(ex);
        }
    }

    public synchronized void record(AuditEntry entry) {
        if (!isWell() || !write(entry)) {
            lost++;
        }
    }

    /**
     * Somebody tried to get in with a wrong key.
     *
     * @param source the address and port
     * @param requestId the answer's {@code X-Request-Id}
     */
    void loginFailed(String source, @Nullable String requestId) {
        record(new AuditEntry(
                Instant.now(), AuditEntry.ANONYMOUS, source, "login", null, "unauthenticated", 401, requestId));
    }

    /** What keeps lines from being written; tries whether it still does. Empty if all is well. */
    public synchronized Optional<String> trouble() {
        return isWell() ? Optional.empty() : Optional.of(trouble + "; lines lost: " + lost);
    }

    /** If something was wrong, whether a line can be written now; that line tells what is missing before it. */
    private boolean isWell() {
        if (trouble != null && write(new Resumed(Instant.now(), "canyon", "audit.resume", AuditEntry.OK, lost))) {
            log.warn("The audit trail is written again; lines lost: {}", lost);
            trouble = null;
            lost = 0;
        }
        return trouble == null;
    }

    private boolean write(Object line) {
        try {
            file.append(MAPPER.writeValueAsBytes(line));
            return true;
        } catch (IOException ex) {
            begin(ex);
            return false;
        }
    }

    private void begin(IOException cause) {
        String before = trouble;
        trouble = "the audit trail cannot be written: " + cause;
        if (before == null) {
            log.error("What is done from now on is not on record: {}", trouble);
        }
    }

    @Override
    public synchronized void close() {
        file.close();
    }
}
