package dev.canyon.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class StructuredLogTest {

    @TempDir
    Path directory;

    @Test
    void eachChangeIsALineWithFieldsAndNoMessageIs() throws Exception {
        try (CanyonProcess canyon = CanyonProcess.start(
                directory,
                "--logging.structured.format.console=ecs",
                "--canyon.listeners[0].name=log-bad",
                "--canyon.listeners[0].protocol=udp",
                "--canyon.listeners[0].host=203.0.113.1",
                "--canyon.listeners[0].port=7")) {
            int port = canyon.create("{\"name\":\"log-a\",\"protocol\":\"tcp\",\"port\":0}");
            try (Socket client = new Socket("127.0.0.1", port)) {
                byte[] secret = "a-secret-payload".getBytes(StandardCharsets.UTF_8);
                client.setSoTimeout(10_000);
                client.getOutputStream().write(secret);
                assertThat(client.getInputStream().readNBytes(secret.length)).isEqualTo(secret);
            }
            List<JsonNode> lines = canyon.log()
                    .lines()
                    .filter(line -> line.startsWith("{"))
                    .map(JsonMapper.shared()::readTree)
                    .toList();
            assertThat(lines)
                    .filteredOn(line -> line.path("listener").asString("").equals("log-a"))
                    .singleElement()
                    .satisfies(line -> {
                        assertThat(line.path("message").stringValue())
                                .isEqualTo("Created tcp listener 'log-a' on 127.0.0.1:" + port + " (running)");
                        assertThat(line.path("protocol").stringValue()).isEqualTo("tcp");
                        assertThat(line.path("address").stringValue()).isEqualTo("127.0.0.1:" + port);
                        assertThat(line.path("state").stringValue()).isEqualTo("running");
                    });
            assertThat(lines)
                    .filteredOn(line -> line.path("listener").asString("").equals("log-bad"))
                    .isNotEmpty()
                    .allSatisfy(line -> {
                        assertThat(line.path("failure").stringValue()).isEqualTo("address-unavailable");
                        assertThat(line.path("address").stringValue()).isEqualTo("203.0.113.1:7");
                    });
            assertThat(canyon.log()).doesNotContain("a-secret-payload");
        }
    }
}
