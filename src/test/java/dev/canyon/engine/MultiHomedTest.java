package dev.canyon.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** On a host with several addresses a wildcard UDP endpoint replies from the destination address of the request. */
class MultiHomedTest {

    private final String namespace = "canyon-" + ProcessHandle.current().pid();

    @BeforeEach
    void makeNamespace() throws Exception {
        assumeThat(run("ip", "netns", "add", namespace))
                .as("network namespaces, which need root and iproute2, are not available")
                .isZero();
        run("ip", "-n", namespace, "link", "set", "lo", "up");
    }

    @AfterEach
    void removeNamespace() throws Exception {
        run("ip", "netns", "delete", namespace);
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.77.0.1 10.77.0.2 10.77.0.3", "fd77::1 fd77::2 fd77::3"})
    void repliesFromTheDestinationAddressAlsoIfItIsNew(String addresses) throws Exception {
        List<String> all = Arrays.asList(addresses.split(" "));
        assign(all.get(0));
        assign(all.get(1));
        List<String> command = new ArrayList<>(List.of(
                "ip",
                "netns",
                "exec",
                namespace,
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                MultiHomedProbe.class.getName()));
        command.addAll(all);
        Process probe = new ProcessBuilder(command).redirectErrorStream(true).start();
        StringBuilder output = new StringBuilder();
        try (BufferedReader lines = probe.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                output.append(line).append('\n');
                if (line.startsWith("ready ")) {
                    // For each transport the last address is a new one.
                    run("ip", "-n", namespace, "addr", "del", host(all.get(2)), "dev", "lo");
                    assign(all.get(2));
                }
            }
        }
        assertThat(probe.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(probe.exitValue()).as(output.toString()).isZero();
        assertThat(output.toString()).contains("ok nio replies from " + all.get(2));
    }

    private void assign(String address) throws Exception {
        assertThat(run("ip", "-n", namespace, "addr", "add", host(address), "dev", "lo"))
                .isZero();
    }

    private static String host(String address) {
        return address + (address.contains(":") ? "/128" : "/32");
    }

    private static int run(String... command) throws InterruptedException {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(20, TimeUnit.SECONDS) ? process.exitValue() : -1;
        } catch (IOException ex) {
            return -1;
        }
    }
}
