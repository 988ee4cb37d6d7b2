package dev.canyon.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Captures the packets of a TCP port on the loopback device; requires root and python3. */
record WireFlags(Process process, BufferedReader lines) implements AutoCloseable {

    static WireFlags of(int port) throws IOException {
        Process process = new ProcessBuilder("python3", "src/test/resources/wire/flags.py", "" + port)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        BufferedReader lines = process.inputReader(StandardCharsets.UTF_8);
        assumeThat(lines.readLine())
                .as("capturing packets requires root, so the RST itself is not checked")
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
