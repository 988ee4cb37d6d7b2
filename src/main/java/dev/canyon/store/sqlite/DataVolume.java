package dev.canyon.store.sqlite;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The mount that contains a directory, as listed in {@code /proc/self/mountinfo} (proc_pid_mountinfo(5)).
 *
 * @param type type of the file system
 * @param root the directory of the file system that is mounted
 * @param point the mount point
 */
public record DataVolume(String type, String root, Path point) {

    private static final Path MOUNTS = Path.of("/proc/self/mountinfo");

    /** Paths of anonymous volumes in Docker, podman and containerd. */
    private static final Pattern ANONYMOUS =
            Pattern.compile("/volumes/[0-9a-f]{64}/_data$|/io\\.containerd\\.grpc\\.v1\\.cri/containers/");

    private static final Comparator<DataVolume> BY_DEPTH = Comparator.comparingInt(mount -> mount.point.getNameCount());

    /** @return empty if the mount cannot be determined */
    public static Optional<DataVolume> of(Path directory) {
        try {
            return in(Files.readAllLines(MOUNTS, StandardCharsets.UTF_8), directory.toRealPath());
        } catch (IOException ex) {
            return Optional.empty();
        }
    }

    static Optional<DataVolume> in(List<String> mounts, Path directory) {
        return mounts.stream()
                .map(DataVolume::read)
                .filter(mount -> directory.startsWith(mount.point))
                // A later mount hides an earlier one at the same mount point.
                .reduce((one, other) -> BY_DEPTH.compare(one, other) > 0 ? one : other);
    }

    /** {@code 36 35 98:0 /root /mount/point rw,noatime master:1 - ext4 /dev/sda rw}. */
    private static DataVolume read(String line) {
        String[] words = line.split(" ", -1);
        int dash = List.of(words).indexOf("-");
        return new DataVolume(words[dash + 1], words[3], Path.of(words[4].replace("\\040", " ")));
    }

    /** Why data in this mount does not survive the container or host; empty if it does. */
    public Optional<String> volatility() {
        if (ANONYMOUS.matcher(root).find()) {
            return Optional.of("in an anonymous volume, which is deleted with its container");
        }
        return switch (type) {
            case "overlay" -> Optional.of("in the file system of the container, which is deleted with it");
            case "tmpfs", "ramfs" -> Optional.of("in memory (" + type + ")");
            default -> Optional.empty();
        };
    }
}
