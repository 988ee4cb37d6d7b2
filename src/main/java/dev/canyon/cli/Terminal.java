package dev.canyon.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Whether somebody is looking. Java tells that of standard input and output together, from 22 on not even that; Linux tells it of
 * standard error alone (proc_pid_fd(5)). Elsewhere nobody is.
 */
final class Terminal {

    private Terminal() {}

    static boolean isStandardError() {
        try {
            Path device = Files.readSymbolicLink(Path.of("/proc/self/fd/2"));
            return device.startsWith("/dev/pts") || device.toString().startsWith("/dev/tty");
        } catch (IOException | UnsupportedOperationException ex) {
            return false;
        }
    }
}
