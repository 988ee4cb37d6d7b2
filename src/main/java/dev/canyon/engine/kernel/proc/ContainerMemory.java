package dev.canyon.engine.kernel.proc;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The memory control group with the lowest limit that contains this process (cgroups(7)), for both versions of control groups.
 * In a container without a control group namespace, the path in {@code /proc/self/cgroup} is that on the host; the root of the
 * mount is then the group of the container.
 */
public final class ContainerMemory {

    /** The names of the files. In {@code memory.stat} of version 1, entries without the prefix exclude groups below this one. */
    private enum Version {
        V1("memory.limit_in_bytes", "memory.usage_in_bytes", "total_"),
        V2("memory.max", "memory.current", "");

        private final String limit;
        private final String usage;
        private final String statPrefix;

        Version(String limit, String usage, String statPrefix) {
            this.limit = limit;
            this.usage = usage;
            this.statPrefix = statPrefix;
        }

        /** Whether the entry of {@code memory.stat} counts file pages, which the kernel can reclaim. */
        boolean countsFilePages(String entry) {
            return entry.equals(statPrefix + "inactive_file") || entry.equals(statPrefix + "active_file");
        }
    }

    private final Path group;
    private final Version version;
    private final long limit;

    private ContainerMemory(Path group, Version version, long limit) {
        this.group = group;
        this.version = version;
        this.limit = limit;
    }

    /** Empty if no limit applies, or none can be read. */
    public static Optional<ContainerMemory> ofThisProcess() {
        try {
            return of(Files.readAllLines(Path.of("/proc/self/cgroup")), Path.of("/sys/fs/cgroup"), machineMemory());
        } catch (IOException | NumberFormatException ex) {
            return Optional.empty();
        }
    }

    /**
     * @param membership lines of {@code /proc/self/cgroup}: {@code hierarchy:controllers:path}
     * @param mount where control groups are mounted
     * @param machine memory of the machine in bytes: a limit above it limits nothing
     */
    static Optional<ContainerMemory> of(List<String> membership, Path mount, long machine) {
        for (String line : membership) {
            String[] fields = line.split(":", 3);
            if (fields.length == 3 && List.of(fields[1].split(",", -1)).contains("memory")) {
                return lowest(mount.resolve("memory"), fields[2], Version.V1, machine);
            }
        }
        return membership.stream()
                .filter(line -> line.startsWith("0::"))
                .findFirst()
                .flatMap(line -> lowest(mount, line.substring("0::".length()), Version.V2, machine));
    }

    private static Optional<ContainerMemory> lowest(Path mount, String path, Version version, long machine) {
        Path own = mount.resolve(path.substring(1)).normalize();
        return Stream.iterate(Files.isDirectory(own) ? own : mount, group -> group.startsWith(mount), Path::getParent)
                .map(group -> new ContainerMemory(group, version, number(group.resolve(version.limit))))
                .filter(group -> group.limit < machine)
                .min(Comparator.comparingLong(ContainerMemory::limit));
    }

    /** Bytes. */
    public long limit() {
        return limit;
    }

    /** Bytes that cannot be reclaimed, including those of the kernel's socket buffers; 0 if they cannot be read at present. */
    public long used() {
        try {
            String usage = Files.readString(group.resolve(version.usage)).strip();
            return Long.parseLong(usage) - filePages();
        } catch (IOException | UncheckedIOException | NumberFormatException ex) {
            // For example without a free descriptor: no reason to reject clients.
            return 0;
        }
    }

    private long filePages() throws IOException {
        try (Stream<String> lines = Files.lines(group.resolve("memory.stat"))) {
            return lines.map(line -> line.split(" ", 2))
                    .filter(entry -> version.countsFilePages(entry[0]))
                    .mapToLong(entry -> Long.parseLong(entry[1]))
                    .sum();
        }
    }

    /** {@code Long.MAX_VALUE} for "max", and if there is no such file: the root has none. */
    private static long number(Path file) {
        try {
            String text = Files.readString(file).strip();
            return text.equals("max") ? Long.MAX_VALUE : Long.parseLong(text);
        } catch (IOException ex) {
            return Long.MAX_VALUE;
        }
    }

    private static long machineMemory() throws IOException {
        try (Stream<String> lines = Files.lines(Path.of("/proc/meminfo"))) {
            return lines.filter(line -> line.startsWith("MemTotal:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
                    .findFirst()
                    .orElse(Long.MAX_VALUE);
        }
    }
}
