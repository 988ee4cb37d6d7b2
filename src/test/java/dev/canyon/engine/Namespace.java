package dev.canyon.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A network namespace (ip-netns(8)), which has its own addresses and links. */
public final class Namespace implements AutoCloseable {

    private static final int PATIENCE_SECONDS = 20;

    private final String name;

    /** @param suffix distinguishes the namespaces of one test */
    public Namespace(String suffix) throws InterruptedException {
        name = "canyon-" + ProcessHandle.current().pid() + "-" + suffix;
        assumeThat(run("ip", "netns", "add", name))
                .as("network namespaces, which need root and iproute2, are not available")
                .isZero();
        ip("link", "set", "lo", "up");
    }

    /** Runs {@code ip} in the namespace. */
    public void ip(String... arguments) throws InterruptedException {
        List<String> command = new ArrayList<>(List.of("ip", "-n", name));
        command.addAll(Arrays.asList(arguments));
        assertThat(run(command.toArray(String[]::new))).as(command.toString()).isZero();
    }

    /** Connects it to another namespace. */
    public void link(String device, Namespace other, String otherDevice) throws InterruptedException {
        ip("link", "add", device, "type", "veth", "peer", "name", otherDevice, "netns", other.name);
        ip("link", "set", device, "up");
        other.ip("link", "set", otherDevice, "up");
    }

    /** Starts a program in the namespace. */
    ProcessBuilder program(String... program) {
        List<String> command = new ArrayList<>(List.of("ip", "netns", "exec", name));
        command.addAll(Arrays.asList(program));
        return new ProcessBuilder(command).redirectErrorStream(true);
    }

    /** Starts Java with the class path of the tests. */
    public ProcessBuilder java(Class<?> main, String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
        command.addAll(Arrays.asList(arguments));
        return program(command.toArray(String[]::new));
    }

    @Override
    public void close() throws InterruptedException {
        run("ip", "netns", "delete", name);
    }

    private static int run(String... command) throws InterruptedException {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) ? process.exitValue() : -1;
        } catch (IOException ex) {
            return -1;
        }
    }
}
