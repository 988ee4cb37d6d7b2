package dev.canyon.api;

import dev.canyon.settings.CanyonProperties;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The lines of the audit trail that are written after this is made. */
final class AuditLines {

    private final Path file;
    private final int before;

    AuditLines(CanyonProperties properties) throws IOException {
        file = properties.dataDir().resolve("audit.jsonl");
        before = Files.readAllLines(file).size();
    }

    Path file() {
        return file;
    }

    List<JsonNode> all() throws IOException {
        List<String> lines = Files.readAllLines(file);
        return lines.subList(before, lines.size()).stream()
                .map(line -> JsonMapper.shared().readTree(line))
                .toList();
    }

    /** The same as {@code action target result status}. */
    List<String> told() throws IOException {
        return all().stream()
                .map(line -> line.path("action").asString("") + " "
                        + line.path("target").asString("") + " "
                        + line.path("result").asString("") + " "
                        + line.path("status").asString(""))
                .toList();
    }
}
