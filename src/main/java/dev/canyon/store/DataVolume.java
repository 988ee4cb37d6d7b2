package dev.canyon.store;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a directory lies in, as Linux lists it in {@code /proc/self/mountinfo}.
 *
 * @param type of the file system
 * @param root which of its directories is mounted
 * @param point where it is mounted
 */
record DataVolume(String type, String root, Path point) {

    private static final Path MOUNTS = Path.of("/proc/self/mountinfo");

    /** How Docker and podman name a volume that nobody gave a name, and where containerd puts one. */
    private static final Pattern ANONYMOUS =
            Pattern.compile("/volumes/[0-9a-f]{64}/_data$|/io\\.containerd\\.grpc\\.v1\\.cri/containers/");

    private static final Comparator<DataVolume> BY_DEPTH = Comparator.comparingInt(mount -> mount.point.getNameCount());

    /** @return empty where that cannot be told */
    static Optional<DataVolume> of(Path directory) {
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
                // Of two at one place the later hides the earlier.
                .reduce((one, other) -> BY_DEPTH.compare(one, other) > 0 ? one : other);
    }

    /** {@code 36 35 98:0 /root /mount/point rw,noatime master:1 - ext4 /dev/sda rw}; see proc(5). */
    private static DataVolume read(String line) {
        String[] words = line.split(" ", -1);
        int dash = List.of(words).indexOf("-");
        return new DataVolume(words[dash + 1], words[3], Path.of(words[4].replace("\\040", " ")));
    }

    /** Why what is kept here is gone sooner than people expect; empty if it is not. */
    Optional<String> lossAhead() {
        if (ANONYMOUS.matcher(root).find()) {
            return Optional.of("in a volume without a name, which goes with its container");
        }
        return switch (type) {
            case "overlay" -> Optional.of("in the container's own file system, which goes with the container");
            case "tmpfs", "ramfs" -> Optional.of("in memory (" + type + ")");
            default -> Optional.empty();
        };
    }
}
