package dev.canyon.api.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.canyon.security.audit.AuditTrail;
import dev.canyon.security.audit.TestTrail;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.mock.web.MockHttpServletRequest;

class AuditedTest {

    @TempDir
    Path directory;

    @Test
    void recordsTheUserOfARequestRejectedBeforeTheFilter() throws Exception {
        try (AuditTrail trail = TestTrail.in(directory)) {
            MockHttpServletRequest call = new MockHttpServletRequest("DELETE", "/api/v1/listeners/edge");
            call.setRemoteAddr("0:0:0:0:0:0:0:1");
            call.setRemotePort(50_000);
            call.setUserPrincipal(() -> "viewer");
            Audited.refused(call, trail, 403, "forbidden");
            Audited.refused(new MockHttpServletRequest("GET", "/api/v1/listeners"), trail, 403, "forbidden");
        }
        assertThat(TestTrail.lines(directory)).singleElement().satisfies(line -> {
            assertThat(line.path("actor").asString()).isEqualTo("viewer");
            assertThat(line.path("source").asString()).isEqualTo("[::1]:50000");
            assertThat(line.path("action").asString()).isEqualTo("listener.delete");
            assertThat(line.path("target").asString()).isEqualTo("edge");
            assertThat(line.path("result").asString()).isEqualTo("forbidden");
            assertThat(line.path("status").intValue()).isEqualTo(403);
        });
    }

    @Test
    void hasNoEffectOnAThreadWithoutARequest() {
        Audited.about("edge");
        Audited.actions().did("listener.create", "edge", null);
    }
}
