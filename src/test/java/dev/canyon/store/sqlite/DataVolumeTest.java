package dev.canyon.store.sqlite;

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
    void warnsAboutADirectoryWithoutAVolume() {
        assertThat(volatility(ROOT)).contains("in the file system of the container");
    }

    @ParameterizedTest
    @CsvSource({
        "/var/lib/docker/volumes/0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef/_data",
        "/var/lib/containerd/io.containerd.grpc.v1.cri/containers/3f2/volumes/81b",
    })
    void warnsAboutAnAnonymousVolume(String root) {
        assertThat(volatility(ROOT, mount(root, "ext4"))).contains("an anonymous volume");
    }

    @Test
    void warnsAboutAFileSystemInMemory() {
        assertThat(volatility(ROOT, mount("/", "tmpfs"))).contains("in memory (tmpfs)");
    }

    @Test
    void acceptsNamedVolumesAndDirectoriesOfTheHost() {
        assertThat(volatility(ROOT, mount("/var/lib/docker/volumes/canyon-data/_data", "ext4")))
                .isEmpty();
        assertThat(volatility(ROOT, mount("/srv/canyon", "xfs"))).isEmpty();
    }

    @Test
    void readsTheMountsOfThisHost(@TempDir Path directory) {
        assertThat(DataVolume.of(directory))
                .get()
                .satisfies(volume -> assertThat(directory).startsWithRaw(volume.point()));
    }

    private static String mount(String root, String type) {
        return "1220 1214 8:1 " + root + " /data rw,relatime master:1 - " + type + " /dev/sda1 rw";
    }

    private static String volatility(String... mounts) {
        return DataVolume.in(List.of(mounts), DATA).orElseThrow().volatility().orElse("");
    }
}
