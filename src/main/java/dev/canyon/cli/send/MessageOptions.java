package dev.canyon.cli.send;

import dev.canyon.cli.shell.PayloadOptions;
import dev.canyon.cli.shell.Usage;
import dev.canyon.net.ListenAddress;
import dev.canyon.probe.Expectation;
import dev.canyon.probe.TestMessage;
import dev.canyon.probe.payload.TextEncoding;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** Options of the message and the expected response. Names and meaning are those of the API's fields. */
final class MessageOptions {

    private static final int MAX_REPEAT = 1_000;

    private static final Duration MAX_TIMEOUT = Duration.ofHours(1);

    @ArgGroup(multiplicity = "1", heading = "%nPayload, exactly one of:%n")
    @SuppressWarnings("NullAway.Init") // picocli sets it, one of them is required
    private PayloadOptions content;

    @ArgGroup(heading = "%nExpected response (default: the payload), at most one of:%n")
    private @Nullable ExpectationOptions expected;

    @Option(names = "--charset", paramLabel = "NAME", description = "Encoding of text. Default: utf-8")
    private TextEncoding charset = TextEncoding.UTF_8;

    @Option(
            names = "--repeat",
            paramLabel = "N",
            description =
                    "Number of times to send the message on one socket, each after the previous response or its timeout."
                            + " Default: ${DEFAULT-VALUE}")
    private int repeat = 1;

    @Option(names = "--timeout", paramLabel = "TIME", description = "Timeout of each response. Default: 2s")
    private Duration timeout = Duration.ofSeconds(2);

    @Option(
            names = "--connect-timeout",
            paramLabel = "TIME",
            description = "Timeout of the TCP handshake and of the TLS handshake, each. Default: 2s")
    private Duration connectTimeout = Duration.ofSeconds(2);

    @Option(names = "--source-port", paramLabel = "PORT", description = "Local port. Default: chosen by the system")
    private int sourcePort;

    @Option(
            names = "--half-close",
            description = "TCP and TLS: send FIN after the last message and read until the peer's FIN.")
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
                "would send more than " + PayloadOptions.MAX_BYTES + " bytes in total");
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
                !time.isZero() && time.compareTo(MAX_TIMEOUT) <= 0,
                option,
                time.toMillis() + "ms (expected: 1ms to 1h)");
    }
}
