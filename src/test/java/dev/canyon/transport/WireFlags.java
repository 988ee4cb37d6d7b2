package dev.canyon.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Watches what leaves a TCP port of this host on its way through the loopback device; that takes root and python3. */
record WireFlags(Process process, BufferedReader lines) implements AutoCloseable {

    static WireFlags of(int port) throws IOException {
        Process process = new ProcessBuilder("python3", "src/test/resources/wire/flags.py", "" + port)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        BufferedReader lines = process.inputReader(StandardCharsets.UTF_8);
        assumeThat(lines.readLine())
                .as("packets are read from the wire by root only: not root, so the RST itself is not looked at")
                .isNotEqualTo("not allowed");
        return new WireFlags(process, lines);
    }

    /** The flags of the next packet that has one of these, for example {@code RA} for a RST with ACK. */
    String nextWith(String flags) throws IOException {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.chars().anyMatch(flag -> flags.indexOf(flag) >= 0)) {
                return line;
            }
        }
        throw new AssertionError("no packet with any of " + flags);
    }

    @Override
    public void close() throws IOException {
        process.destroyForcibly();
        lines.close();
        assertThat(process.isAlive() && process.onExit().join().isAlive()).isFalse();
    }
}
