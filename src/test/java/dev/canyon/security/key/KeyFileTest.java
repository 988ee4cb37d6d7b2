package dev.canyon.security.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyFileTest {

    @TempDir
    Path directory;

    private final List<String> shown = new ArrayList<>();

    @Test
    void aKeyIsGeneratedShownOnceAndStoredAsAHash() throws Exception {
        Path data = directory.resolve("not/there/yet");
        KeyHash made = new KeyFile(data).readOrCreate(shown::add);
        assertThat(shown).hasSize(1);
        String key = shown.get(0);
        assertThat(key).matches("canyon_[A-Za-z0-9_-]{43}");
        assertThat(made.matches(KeyHash.of(key))).isTrue();

        KeyHash read = new KeyFile(data).readOrCreate(shown::add);
        assertThat(shown).hasSize(1);
        assertThat(read.matches(KeyHash.of(key))).isTrue();

        try (Stream<Path> files = Files.list(data)) {
            assertThat(files).containsExactly(data.resolve("admin-key"));
        }
        assertThat(Files.readString(data.resolve("admin-key")))
                .startsWith("sha256:")
                .doesNotContain(key);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data.resolve("admin-key"))))
                .isEqualTo("rw-------");
    }

    @Test
    void generatedKeysDiffer() {
        new KeyFile(directory.resolve("a")).readOrCreate(shown::add);
        new KeyFile(directory.resolve("b")).readOrCreate(shown::add);
        assertThat(shown).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "sha256:", "sha256:0123", "something else"})
    void aFileWithoutAHashFailsTheStartWithARemedy(String content) throws Exception {
        Files.writeString(directory.resolve("admin-key"), content);
        assertThatThrownBy(() -> new KeyFile(directory).readOrCreate(shown::add))
                .isInstanceOfSatisfying(KeyFileUnusableException.class, ex -> {
                    assertThat(ex)
                            .hasMessageContaining(directory.resolve("admin-key").toString());
                    assertThat(ex.remedy()).contains("delete it", "canyon.security.admin-key");
                });
        assertThat(shown).isEmpty();
        assertThat(Files.readString(directory.resolve("admin-key"))).isEqualTo(content);
    }

    @Test
    void aKeyWhoseHashCannotBeStoredIsNotShown() throws Exception {
        Path noDirectory = Files.createFile(directory.resolve("file"));
        assertThatThrownBy(() -> new KeyFile(noDirectory).readOrCreate(shown::add))
                .isInstanceOf(KeyFileUnusableException.class);
        assertThat(shown).isEmpty();
    }
}
