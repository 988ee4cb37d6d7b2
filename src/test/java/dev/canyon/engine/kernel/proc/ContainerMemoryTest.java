package dev.canyon.engine.kernel.proc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContainerMemoryTest {

    private static final long MACHINE = 1_000_000;

    @TempDir
    private Path mount;

    @Test
    void readsVersion2WithoutFilePages() throws Exception {
        group(
                "app",
                Map.of(
                        "memory.max", "1000",
                        "memory.current", "700",
                        "memory.stat", "anon 500\ninactive_file 150\nactive_file 50\n"));

        assertThat(ContainerMemory.of(List.of("0::/app"), mount, MACHINE)).hasValueSatisfying(memory -> {
            assertThat(memory.limit()).isEqualTo(1000);
            assertThat(memory.used()).isEqualTo(500);
        });
    }

    @Test
    void readsVersion1BesideAnEmptyVersion2() throws Exception {
        group(
                "memory/app",
                Map.of(
                        "memory.limit_in_bytes", "1000",
                        "memory.usage_in_bytes", "700",
                        "memory.stat", "inactive_file 1\ntotal_inactive_file 150\ntotal_active_file 50\n"));

        assertThat(ContainerMemory.of(List.of("3:cpuset:/", "4:memory:/app", "0::/"), mount, MACHINE))
                .hasValueSatisfying(memory -> assertThat(memory.used()).isEqualTo(500));
    }

    @Test
    void usesTheLowestLimitOfTheGroupsThatContainTheProcess() throws Exception {
        group("pod", Map.of("memory.max", "1000"));
        group("pod/app", Map.of("memory.max", "max"));

        assertThat(ContainerMemory.of(List.of("0::/pod/app"), mount, MACHINE))
                .hasValueSatisfying(memory -> assertThat(memory.limit()).isEqualTo(1000));
    }

    @Test
    void usesTheRootOfTheMountIfThePathIsThatOnTheHost() throws Exception {
        group("", Map.of("memory.max", "1000"));

        assertThat(ContainerMemory.of(List.of("0::/system.slice/docker-1.scope"), mount, MACHINE))
                .isPresent();
    }

    @Test
    void ignoresALimitAboveTheMemoryOfTheMachine() throws Exception {
        group("memory", Map.of("memory.limit_in_bytes", "9223372036854771712"));

        assertThat(ContainerMemory.of(List.of("4:memory:/"), mount, MACHINE)).isEmpty();
        assertThat(ContainerMemory.of(List.of(), mount, MACHINE)).isEmpty();
    }

    private void group(String path, Map<String, String> files) throws IOException {
        Path group = Files.createDirectories(mount.resolve(path));
        for (Map.Entry<String, String> file : files.entrySet()) {
            Files.writeString(group.resolve(file.getKey()), file.getValue());
        }
    }
}
