package dev.canyon.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DataVolumeTest {

    private static final Path DATA = Path.of("/data");

    private static final String ROOT =
            "1214 1142 0:263 / / rw,relatime master:540 - overlay overlay rw,lowerdir=/l,upperdir=/u,workdir=/w";

    @Test
    void tellsThatADirectoryWithoutAVolumeGoesWithItsContainer() {
        assertThat(lossAhead(ROOT)).contains("in the container's own file system");
    }

    @ParameterizedTest
    @CsvSource({
        "/var/lib/docker/volumes/0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef/_data",
        "/var/lib/containerd/io.containerd.grpc.v1.cri/containers/3f2/volumes/81b",
    })
    void tellsThatAVolumeWithoutANameGoesWithItsContainer(String root) {
        assertThat(lossAhead(ROOT, mount(root, "ext4"))).contains("a volume without a name");
    }

    @Test
    void tellsThatMemoryKeepsNothing() {
        assertThat(lossAhead(ROOT, mount("/", "tmpfs"))).contains("in memory (tmpfs)");
    }

    @Test
    void hasNothingToTellOfANamedVolumeOrADirectoryOfTheHost() {
        assertThat(lossAhead(ROOT, mount("/var/lib/docker/volumes/canyon-data/_data", "ext4")))
                .isEmpty();
        assertThat(lossAhead(ROOT, mount("/srv/canyon", "xfs"))).isEmpty();
    }

    @Test
    void readsTheTableOfThisMachine(@TempDir Path directory) {
        assertThat(DataVolume.of(directory))
                .get()
                .satisfies(volume -> assertThat(directory).startsWithRaw(volume.point()));
    }

    private static String mount(String root, String type) {
        return "1220 1214 8:1 " + root + " /data rw,relatime master:1 - " + type + " /dev/sda1 rw";
    }

    private static String lossAhead(String... mounts) {
        return DataVolume.in(List.of(mounts), DATA).orElseThrow().lossAhead().orElse("");
    }
}
