package dev.canyon.transport;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads one number from {@code /proc/sys} (proc(5)). */
final class KernelSetting {

    private KernelSetting() {}

    /** The setting's value, or {@code otherwise} where the system does not tell. */
    static int read(String name, int otherwise) {
        // Read at once: after a partial read the kernel reports the end, and Files.readString begins with one byte.
        try (BufferedReader setting = Files.newBufferedReader(Path.of("/proc/sys", name))) {
            return Integer.parseInt(setting.readLine().strip());
        } catch (IOException | NumberFormatException ex) {
            return otherwise;
        }
    }
}
