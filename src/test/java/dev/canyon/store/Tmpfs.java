package dev.canyon.store;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** A file system of a few kilobytes for tests with a full disk. Requires root. */
public final class Tmpfs {

    private Tmpfs() {}

    /** @return why it could not be mounted; empty if it was */
    public static Optional<String> mount(Path at, String size) throws IOException, InterruptedException {
        Files.createDirectories(at);
        return run("mount", "-t", "tmpfs", "-o", "size=" + size, "tmpfs", at.toString());
    }

    public static void unmount(Path at) throws IOException, InterruptedException {
        run("umount", at.toString());
    }

    /** Uses all remaining space. */
    public static void fill(Path ballast) throws IOException {
        byte[] kilobyte = new byte[1024];
        try (OutputStream out = Files.newOutputStream(ballast)) {
            while (true) {
                out.write(kilobyte);
            }
        } catch (IOException full) {
            if (Files.size(ballast) == 0) {
                throw full;
            }
        }
    }

    private static Optional<String> run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        return process.waitFor() == 0 ? Optional.empty() : Optional.of(output);
    }
}
