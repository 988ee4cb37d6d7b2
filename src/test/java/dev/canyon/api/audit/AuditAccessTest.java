package dev.canyon.api.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.canyon.security.KeyTest;
import dev.canyon.settings.CanyonProperties;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** The audit trail where keys are required: actors, rejected requests and wrong keys, but never a key. */
class AuditAccessTest extends KeyTest {

    private static final String STOP = "/api/v1/listeners/access-test-declared/stop";

    @Autowired
    CanyonProperties properties;

    private AuditLines audit;

    @BeforeEach
    void readExistingEntries() throws IOException {
        audit = new AuditLines(properties);
    }

    @Test
    void recordsTheActorAndForbiddenRequests() throws Exception {
        send(with(ADMIN, STOP).POST(BodyPublishers.noBody()));
        send(with(ADMIN, "/api/v1/listeners/access-test-declared/start").POST(BodyPublishers.noBody()));
        Answer refused = send(with(VIEWER, STOP).POST(BodyPublishers.noBody()));
        send(with(VIEWER, "/api/v1/listeners/access-test-declared/capture/messages"));
        send(with(VIEWER, "/api/v1/listeners"));
        assertThat(audit.told())
                .containsExactly(
                        "listener.stop access-test-declared ok 200",
                        "listener.start access-test-declared ok 200",
                        "listener.stop access-test-declared forbidden 403",
                        "capture.read access-test-declared forbidden 403");
        assertThat(audit.all())
                .extracting(line -> line.path("actor").asString())
                .containsExactly("admin", "admin", "viewer", "viewer");
        assertThat(audit.all().get(2).path("requestId").asString()).isEqualTo(refused.header("X-Request-Id"));
    }

    @Test
    void recordsAWrongKeyButNotAMissingOne() throws Exception {
        send(request(STOP).POST(BodyPublishers.noBody()));
        Answer answer = send(with("no-such-key-at-all", "/api/v1/listeners"));
        send(request("/login")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("key=another-wrong-key")));
        assertThat(audit.told()).containsExactly("login  unauthenticated 401", "login  unauthenticated 401");
        assertThat(audit.all().get(0).path("source").asString()).matches("127\\.0\\.0\\.1:\\d+");
        assertThat(audit.all().get(0).path("requestId").asString()).isEqualTo(answer.header("X-Request-Id"));
        assertThat(Files.readString(audit.file())).doesNotContain("no-such-key", "another-wrong-key", ADMIN, VIEWER);
    }

    @Test
    void recordsSignIns() throws Exception {
        Answer signedIn = send(request("/login")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("key=" + VIEWER)));
        assertThat(signedIn.status()).isEqualTo(302);
        assertThat(audit.told()).containsExactly("login  ok 302");
        assertThat(audit.all().get(0).path("actor").asString()).isEqualTo("viewer");
        assertThat(audit.all().get(0).path("source").asString()).matches("127\\.0\\.0\\.1:\\d+");
        assertThat(audit.all().get(0).path("requestId").asString()).isEqualTo(signedIn.header("X-Request-Id"));
        assertThat(Files.readString(audit.file())).doesNotContain(VIEWER);
    }
}
