package dev.canyon.cli.shell;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Detects whether standard error is a terminal, with /proc/self/fd (proc_pid_fd(5)). {@code System.console()} does not answer that for
 * standard error alone. On other systems than Linux the answer is no.
 */
public final class Terminal {

    private Terminal() {}

    public static boolean isStandardError() {
        try {
            Path device = Files.readSymbolicLink(Path.of("/proc/self/fd/2"));
            return device.startsWith("/dev/pts") || device.toString().startsWith("/dev/tty");
        } catch (IOException | UnsupportedOperationException ex) {
            return false;
        }
    }
}
