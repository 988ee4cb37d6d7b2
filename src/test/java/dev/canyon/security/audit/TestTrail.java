package dev.canyon.security.audit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** An audit trail of a test's own. */
public final class TestTrail {

    private TestTrail() {}

    public static AuditTrail in(Path directory) {
        return new AuditTrail(new AuditFile(directory, 1024 * 1024, 10));
    }

    public static List<JsonNode> lines(Path directory) throws IOException {
        return Files.readAllLines(directory.resolve("audit.jsonl")).stream()
                .map(JsonMapper.shared()::readTree)
                .toList();
    }
}
