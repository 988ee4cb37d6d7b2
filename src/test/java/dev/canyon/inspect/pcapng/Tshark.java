package dev.canyon.inspect.pcapng;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** Reads a capture file with tshark, with all checks enabled. */
public record Tshark(Path file) {

    /** Skips the test if tshark is not installed. */
    public static void require() {
        boolean there = Path.of("/usr/bin/tshark").toFile().canExecute();
        if (!there) {
            System.out.println(
                    "SKIPPED: tshark is not installed, so capture files are not read back (apt install tshark)");
        }
        Assumptions.assumeTrue(there, "tshark is not installed");
    }

    /** The payload of a TCP stream by direction; node 0, which opened it, first. */
    public record Talk(byte[] byClient, byte[] byServer) {}

    public Talk follow(int stream) throws Exception {
        ByteArrayOutputStream client = new ByteArrayOutputStream();
        ByteArrayOutputStream server = new ByteArrayOutputStream();
        boolean inside = false;
        for (String line : run("-q", "-z", "follow,tcp,raw," + stream)) {
            if (inside && !line.startsWith("=")) {
                (line.startsWith("\t") ? server : client)
                        .writeBytes(HexFormat.of().parseHex(line.strip()));
            }
            inside |= line.startsWith("Node 1:");
        }
        return new Talk(client.toByteArray(), server.toByteArray());
    }

    /** One line for each packet that matches the filter, with tab-separated fields. */
    public List<String> fields(String filter, String... fields) throws Exception {
        List<String> arguments = new ArrayList<>(List.of("-Y", filter, "-T", "fields"));
        for (String field : fields) {
            arguments.addAll(List.of("-e", field));
        }
        return run(arguments.toArray(String[]::new));
    }

    /** Fails on warnings or errors of Wireshark's expert and on wrong checksums. Every FIN causes a note. */
    public void requireNoWarnings() throws Exception {
        assertThat(fields("_ws.expert.severity >= 6291456", "frame.number", "_ws.expert.message"))
                .isEmpty();
        assertThat(fields(
                        "ip.checksum.status == 0 || tcp.checksum.status == 0 || udp.checksum.status == 0",
                        "frame.number"))
                .isEmpty();
    }

    private List<String> run(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("/usr/bin/tshark", "-n", "-r", file.toString()));
        for (String check : List.of("tcp", "ip", "udp")) {
            command.addAll(List.of("-o", check + ".check_checksum:TRUE"));
        }
        // An ephemeral port may belong to a protocol whose dissector would report random bytes as malformed.
        for (String transport : List.of("tcp", "udp")) {
            command.addAll(List.of("-d", transport + ".port==1-65535,data"));
        }
        command.addAll(List.of(arguments));
        Path errors = Files.createTempFile("tshark", ".err");
        try {
            Process process =
                    new ProcessBuilder(command).redirectError(errors.toFile()).start();
            List<String> lines = process.inputReader().lines().toList();
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
            // Apart from the warning about root, nothing may be reported about the file.
            assertThat(Files.readAllLines(errors)).allMatch(line -> line.contains("root"));
            assertThat(process.exitValue()).isZero();
            return lines;
        } finally {
            Files.delete(errors);
        }
    }
}
