package dev.canyon.api.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The vendored libraries of the dashboard are those published by their authors. */
class VendoredFilesTest {

    private static final Path VENDOR = Path.of("src/main/resources/static/vendor");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `([^`]+)` \\|.*`([0-9a-f]{64})` \\|$");

    @Test
    void filesMatchTheirListedHashes() throws Exception {
        Map<String, String> listed = new TreeMap<>();
        Matcher rows = ROW.matcher(Files.readString(VENDOR.resolve("README.md")));
        while (rows.find()) {
            listed.put(rows.group(1), rows.group(2));
        }
        assertThat(actual()).isNotEmpty().containsExactlyInAnyOrderEntriesOf(listed);
    }

    private static Map<String, String> actual() throws Exception {
        Map<String, String> hashes = new TreeMap<>();
        try (Stream<Path> files = Files.list(VENDOR)) {
            for (Path file : files.filter(each -> !each.endsWith("README.md")).toList()) {
                byte[] hash = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
                hashes.put(file.getFileName().toString(), HexFormat.of().formatHex(hash));
            }
        }
        return hashes;
    }
}
