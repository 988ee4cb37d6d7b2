package dev.canyon.transport;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads one number from {@code /proc/sys} (proc(5)). */
final class KernelSetting {

    private KernelSetting() {}

    /** The setting's value, or {@code otherwise} where the system does not tell. */
    static int read(String name, int otherwise) {
        try {
            return Integer.parseInt(Files.readString(Path.of("/proc/sys", name)).strip());
        } catch (IOException | NumberFormatException ex) {
            return otherwise;
        }
    }
}
