package dev.canyon.engine.kernel.proc;

import java.io.FileInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Reads one number from {@code /proc/sys} (proc(5)). */
public final class Sysctl {

    /** Of a number with its sign and line terminator, rounded up. */
    private static final int MAX_LENGTH = 32;

    private Sysctl() {}

    /** The value of the setting, or {@code otherwise} if it cannot be read. */
    public static int read(String name, int otherwise) {
        try (FileInputStream setting = new FileInputStream("/proc/sys/" + name)) {
            // In a single read: the kernel reports the end of file after a partial one.
            byte[] digits = new byte[MAX_LENGTH];
            int length = Math.max(0, setting.read(digits));
            return Integer.parseInt(new String(digits, 0, length, StandardCharsets.US_ASCII).strip());
        } catch (IOException | NumberFormatException ex) {
            return otherwise;
        }
    }
}
