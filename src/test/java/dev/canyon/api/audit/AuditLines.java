package dev.canyon.api.audit;

import dev.canyon.settings.CanyonProperties;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The lines of the audit trail written after this object was created. */
public final class AuditLines {

    private final Path file;
    private final int before;

    public AuditLines(CanyonProperties properties) throws IOException {
        file = properties.dataDir().resolve("audit.jsonl");
        before = Files.readAllLines(file).size();
    }

    public Path file() {
        return file;
    }

    public List<JsonNode> all() throws IOException {
        List<String> lines = Files.readAllLines(file);
        return lines.subList(before, lines.size()).stream()
                .map(line -> JsonMapper.shared().readTree(line))
                .toList();
    }

    /** The lines as {@code action target result status}. */
    public List<String> told() throws IOException {
        return all().stream()
                .map(line -> line.path("action").asString("") + " "
                        + line.path("target").asString("") + " "
                        + line.path("result").asString("") + " "
                        + line.path("status").asString(""))
                .toList();
    }
}
