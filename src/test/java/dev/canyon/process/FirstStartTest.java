package dev.canyon.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Access without any configuration. */
class FirstStartTest {

    private static final Pattern KEY = Pattern.compile("canyon_[A-Za-z0-9_-]{43}");

    @TempDir
    Path directory;

    @Test
    void byDefaultOnlyTheLocalHostHasAccessWithoutAKey() throws Exception {
        try (CanyonProcess canyon =
                CanyonProcess.start(directory, "--canyon.default-listeners=false", "--canyon.data-dir=data")) {
            assertThat(canyon.apiAddresses())
                    .isNotEmpty()
                    .allMatch(address ->
                            address.equals("0100007F") || address.equals("0000000000000000FFFF00000100007F"));
            assertThat(canyon.get("/api/v1/summary").statusCode()).isEqualTo(200);
            assertThat(canyon.log()).doesNotContain("key", "canyon.security.mode");
            assertThat(directory.resolve("data/admin-key")).doesNotExist();
        }
    }

    @Test
    void aServerGeneratesAKeyAndShowsItOnce() throws Exception {
        String[] arguments = {
            "--canyon.default-listeners=false",
            "--canyon.data-dir=data",
            "--server.address=0.0.0.0",
            "--canyon.limits.requests-per-second=20",
        };
        String key;
        try (CanyonProcess canyon = CanyonProcess.start(directory, arguments)) {
            Matcher shown = KEY.matcher(canyon.log());
            assertThat(shown.find()).isTrue();
            key = shown.group();
            assertThat(canyon.log()).as("alone on its line, to be copied").containsPattern("[ :]" + key + "\n");
            assertThat(canyon.log()).contains("generated and is printed only once", "/login", "it does not use HTTPS");
            assertThat(canyon.get("/api/v1/summary").statusCode()).isEqualTo(401);
            assertThat(canyon.getWith(key, "/api/v1/summary").statusCode()).isEqualTo(200);
            assertThat(canyon.getWith("X" + key, "/api/v1/summary").statusCode())
                    .isEqualTo(401);
            refusesRequestsBeyondTheRateLimit(canyon, key);
            canyon.terminate();
            assertThat(canyon.endsWithin(Duration.ofSeconds(20))).isTrue();
        }
        assertThat(Files.readString(directory.resolve("data/admin-key"))).doesNotContain(key);
        try (CanyonProcess canyon = CanyonProcess.start(directory, arguments)) {
            assertThat(KEY.matcher(canyon.log()).find()).isFalse();
            assertThat(canyon.log()).contains("The API requires the key that was printed at the first startup");
            assertThat(canyon.getWith(key, "/api/v1/summary").statusCode()).isEqualTo(200);
        }
    }

    private static void refusesRequestsBeyondTheRateLimit(CanyonProcess canyon, String key) throws Exception {
        HttpResponse<String> answer = canyon.getWith(key, "/actuator/health/liveness");
        for (int i = 0; i < 2_000 && answer.statusCode() == 200; i++) {
            answer = canyon.getWith(key, "/actuator/health/liveness");
        }
        assertThat(answer.statusCode()).isEqualTo(429);
        assertThat(answer.body()).contains("\"too-many-requests\"");
        assertThat(answer.headers().firstValue("Retry-After")).hasValue("1");
    }
}
