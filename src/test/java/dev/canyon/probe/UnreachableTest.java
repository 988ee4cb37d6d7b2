package dev.canyon.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.canyon.engine.Namespace;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Unreachable networks and hosts, in a network namespace without routes to them. */
@Timeout(60)
class UnreachableTest {

    @Test
    void unreachableNetworksAndHostsAreDistinguishedFromSilence() throws Exception {
        try (Namespace host = new Namespace("u");
                Namespace silent = new Namespace("v")) {
            host.link("to-v", silent, "to-u");
            host.ip("addr", "add", "192.0.2.1/24", "dev", "to-v");
            host.ip("route", "add", "unreachable", "198.51.100.0/24");
            Process program = host.java(
                            MessageProgram.class,
                            "tcp",
                            "203.0.113.1",
                            "udp",
                            "203.0.113.1",
                            "tcp",
                            "198.51.100.1",
                            "udp",
                            "198.51.100.1",
                            "tcp",
                            "2001:db8::1",
                            "udp",
                            "2001:db8::1",
                            "tcp",
                            "192.0.2.2",
                            "udp",
                            "192.0.2.2")
                    .start();
            String said = new String(program.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(program.waitFor()).as(said).isZero();
            assertThat(said.lines().filter(line -> line.startsWith("to ")))
                    .containsExactly(
                            "to 203.0.113.1 unreachable",
                            "to 203.0.113.1 unreachable",
                            "to 198.51.100.1 unreachable",
                            "to 198.51.100.1 unreachable",
                            "to 2001:db8::1 unreachable",
                            "to 2001:db8::1 unreachable",
                            "to 192.0.2.2 timeout-connect",
                            "to 192.0.2.2 timeout-read");
        }
    }
}
