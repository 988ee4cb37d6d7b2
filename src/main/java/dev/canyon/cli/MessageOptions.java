package dev.canyon.cli;

import dev.canyon.probe.Expectation;
import dev.canyon.probe.TestMessage;
import dev.canyon.probe.TextEncoding;
import dev.canyon.transport.ListenAddress;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** What to send and what shall come back. The names and the meaning are those of the API's fields. */
final class MessageOptions {

    private static final int MAX_REPEAT = 1_000;

    private static final Duration LONGEST_TIMEOUT = Duration.ofHours(1);

    @ArgGroup(multiplicity = "1", heading = "%nWhat to send, one of%n")
    @SuppressWarnings("NullAway.Init") // picocli sets it, as one of them is required
    private PayloadOptions content;

    @ArgGroup(heading = "%nWhat shall come back: what was sent, or one of%n")
    private @Nullable ExpectationOptions expected;

    @Option(names = "--charset", paramLabel = "NAME", description = "How text becomes bytes. Default: utf-8")
    private TextEncoding charset = TextEncoding.UTF_8;

    @Option(
            names = "--repeat",
            paramLabel = "N",
            description =
                    "Send it so often on one socket, each time after the last one is answered or given up. Default:"
                            + " ${DEFAULT-VALUE}")
    private int repeat = 1;

    @Option(names = "--timeout", paramLabel = "TIME", description = "How long to wait for each answer. Default: 2s")
    private Duration timeout = Duration.ofSeconds(2);

    @Option(
            names = "--connect-timeout",
            paramLabel = "TIME",
            description = "How long to wait for the TCP handshake. Default: 2s")
    private Duration connectTimeout = Duration.ofSeconds(2);

    @Option(
            names = "--source-port",
            paramLabel = "PORT",
            description = "The local port to send from. Default: the system chooses one")
    private int sourcePort;

    @Option(names = "--half-close", description = "TCP: send FIN after the last message and read until the peer's FIN.")
    private boolean halfClose;

    boolean isHalfClose() {
        return halfClose;
    }

    /** @throws IOException if standard input cannot be read */
    TestMessage toMessage(Usage usage) throws IOException {
        usage.requireRange("--repeat", repeat, 1, MAX_REPEAT);
        usage.requireRange("--source-port", sourcePort, 0, ListenAddress.MAX_PORT);
        requireTimeout(usage, "--timeout", timeout);
        requireTimeout(usage, "--connect-timeout", connectTimeout);
        byte[] payload = content.bytes(usage, charset);
        usage.require(
                (long) payload.length * repeat <= PayloadOptions.MAX_BYTES,
                "--repeat",
                "it would send more than " + PayloadOptions.MAX_BYTES + " bytes in all");
        return new TestMessage(
                payload,
                expected == null ? new Expectation.Exactly(payload) : expected.expectation(usage, charset),
                connectTimeout,
                timeout,
                repeat,
                sourcePort,
                halfClose);
    }

    private static void requireTimeout(Usage usage, String option, Duration time) {
        usage.require(
                !time.isZero() && time.compareTo(LONGEST_TIMEOUT) <= 0,
                option,
                time.toMillis() + "ms (expected: 1ms to 1h)");
    }
}
