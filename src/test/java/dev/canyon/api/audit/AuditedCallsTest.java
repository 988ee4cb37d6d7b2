package dev.canyon.api.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.mock.web.MockHttpServletRequest;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class AuditedCallsTest {

    @Test
    void recordsEveryOperationThatViewersMayNotUse() throws Exception {
        JsonNode paths = JsonMapper.shared()
                .readTree(Files.readString(Path.of("openapi.json")))
                .path("paths");
        int calls = 0;
        for (var path : paths.properties()) {
            for (String method : path.getValue().propertyNames()) {
                JsonNode forbidden = path.getValue()
                        .path(method)
                        .path("responses")
                        .path("403")
                        .path("description");
                if (!method.equals("get") || forbidden.asString("").contains("`forbidden`")) {
                    calls++;
                    assertThat(find(method.toUpperCase(Locale.ROOT), path.getKey()))
                            .as("%s %s", method, path.getKey())
                            .isPresent();
                }
            }
        }
        assertThat(calls).isGreaterThan(15);
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /api/v1/listeners/edge/capture/messages, capture.read, edge",
        "GET, /api/v1/listeners/edge/capture.pcapng, capture.read, edge",
        "DELETE, /api/v1/listeners/edge/connections/7, connection.close, edge/7",
        "POST, /api/v1/listeners/edge/%73top, listener.stop, edge",
        "POST, /api/v1/listeners;a=b/edge/stop;c=d, listener.stop, edge",
        "DELETE, /api/v1/runs/r-1, run.delete, r-1",
        "DELETE, /api/v1/listeners/a%0d%0ab, listener.delete, 'a\r\nb'",
    })
    void thePathIsReadAsTheControllersReadIt(String method, String path, String action, String target) {
        assertThat(find(method, path)).hasValueSatisfying(match -> {
            assertThat(match.action()).isEqualTo(action);
            assertThat(match.target()).contains(target);
        });
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /api/v1/listeners",
        "GET, /api/v1/listeners/edge/capture",
        "GET, /api/v1/listeners/edge/events",
        "POST, /api/v1/nothing",
    })
    void whatChangesNothingIsNot(String method, String path) {
        assertThat(find(method, path)).isEmpty();
    }

    private static Optional<AuditedCalls.Match> find(String method, String path) {
        return AuditedCalls.find(new MockHttpServletRequest(method, path));
    }
}
