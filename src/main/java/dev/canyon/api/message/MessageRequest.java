package dev.canyon.api.message;

import dev.canyon.api.json.Faults;
import dev.canyon.api.json.Validatable;
import dev.canyon.api.target.ProxyHeaderRequest;
import dev.canyon.api.target.TlsRequest;
import dev.canyon.net.ListenAddress;
import dev.canyon.probe.Expectation;
import dev.canyon.probe.TestMessage;
import dev.canyon.probe.payload.Base64Text;
import dev.canyon.probe.payload.HexText;
import dev.canyon.probe.payload.TextEncoding;
import dev.canyon.settings.LimitSettings;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A test message in a request. */
@Schema(
        description =
                "A test message with exactly one of text, hex, base64 and size. With an empty message, a TCP test only opens and closes the connection")
public record MessageRequest(
        @Schema(description = "Required for POST /messages; must be omitted for a listener") @Valid @Nullable
        Target target,

        @Schema(description = "Text, encoded in charset", example = "Hello karl") @Nullable
        String text,

        @Schema(description = "Encoding of text, expect.text and expect.contains", defaultValue = "utf-8") @Nullable
        String charset,

        @Schema(description = "Bytes in hex, optionally separated by spaces, colons or 0x") @Nullable
        String hex,

        @Schema(description = "Bytes in Base64") @Nullable String base64,

        @Schema(description = "Number of random bytes, at most canyon.limits.message-bytes")
        @Min(0)
        @Max(LimitSettings.MAX_MESSAGE_BYTES)
        @Nullable
        Integer size,

        @Valid @Nullable Expect expect,

        @Schema(description = "Timeout of each response, in milliseconds", defaultValue = "2000")
        @Min(1)
        @Max(MessageRequest.MAX_TIMEOUT_MS)
        @Nullable
        Long timeoutMs,

        @Schema(
                description = "Timeout of the TCP handshake and of the TLS handshake, each, in milliseconds",
                defaultValue = "2000")
        @Min(1)
        @Max(MessageRequest.MAX_TIMEOUT_MS)
        @Nullable
        Long connectTimeoutMs,

        @Schema(
                description =
                        "Number of times to send the message on one socket, each after the previous response or its timeout",
                defaultValue = "1")
        @Min(1)
        @Max(MessageRequest.MAX_REPEAT)
        @Nullable
        Integer repeat,

        @Schema(description = "Local port; 0 lets the system choose", defaultValue = "0")
        @Min(0)
        @Max(ListenAddress.MAX_PORT)
        @Nullable
        Integer sourcePort,

        @Schema(
                description =
                        "TCP only: send FIN (over TLS after close_notify) after the last message and read until the peer's FIN",
                defaultValue = "false")
        @Nullable
        Boolean halfClose,

        @Valid @Nullable ProxyHeaderRequest proxyProtocol,
        @Valid @Nullable TlsRequest tls)
        implements Validatable {

    public static final long MAX_TIMEOUT_MS = 60_000;
    static final int MAX_REPEAT = 100;

    /** Maximum duration of a call, including repetitions. */
    private static final long MAX_TOTAL_MS = 600_000;

    private static final long MAX_TOTAL_BYTES = LimitSettings.MAX_MESSAGE_BYTES;
    private static final long DEFAULT_TIMEOUT_MS = 2_000;

    @Schema(
            name = "MessageRequestTarget",
            description = "A running listener, or a target that canyon.targets.allowed permits")
    record Target(
            @Schema(
                    allowableValues = {"tcp", "udp"},
                    example = "tcp")
            @NotNull(message = "is required: tcp or udp")
            @Pattern(regexp = "tcp|udp", message = "must be tcp or udp")
            @Nullable
            String protocol,

            @Schema(description = "IP address or host name", example = "127.0.0.1")
            @NotNull(message = "is required: an IP address or a host name")
            @Size(min = 1, max = ListenAddress.MAX_HOST_LENGTH)
            @Pattern(regexp = ListenAddress.HOST_PATTERN, message = "must be an IP address or a host name")
            @Nullable
            String host,

            @Schema(example = "7007")
            @NotNull(message = "is required: 1 to 65535")
            @Min(1)
            @Max(ListenAddress.MAX_PORT)
            @Nullable
            Integer port) {}

    @Schema(description = "Expected response, exactly one of these. Default: echo")
    record Expect(
            @Schema(description = "The message itself; must be true", example = "true") @Nullable
            Boolean echo,

            @Schema(description = "Exactly this text") @Nullable
            String text,

            @Schema(description = "Exactly these bytes, in hex") @Nullable
            String hex,

            @Schema(description = "A response that contains this text") @Nullable
            String contains) {}

    @Override
    public void check(Faults faults) {
        long sources =
                Stream.of(text, hex, base64, size).filter(Objects::nonNull).count();
        if (sources != 1) {
            faults.add("body", "must have exactly one of text, hex, base64 and size, not " + sources);
        }
        tryParse("charset", this::encoding, faults);
        if (text != null && faults.isEmpty()) {
            tryParse("text", () -> encoding().encode(text), faults);
        }
        if (hex != null) {
            tryParse("hex", () -> HexText.parse(hex), faults);
        }
        if (base64 != null) {
            tryParse("base64", () -> Base64Text.parse(base64), faults);
        }
        checkTotals(faults);
        if (expect != null) {
            checkExpectation(expect, faults);
        }
        if (proxyProtocol != null) {
            proxyProtocol.check(faults);
        }
        if (tls != null) {
            tls.check(faults);
        }
    }

    private void checkTotals(Faults faults) {
        if (faults.isEmpty() && repetitions() * (long) payload().length > MAX_TOTAL_BYTES) {
            faults.add("repeat", "would send more than " + MAX_TOTAL_BYTES + " bytes in total");
        }
        if (faults.isEmpty() && repetitions() * timeout().toMillis() > MAX_TOTAL_MS) {
            faults.add("repeat", "could take longer than " + MAX_TOTAL_MS + " ms: reduce repeat or timeoutMs");
        }
    }

    private void checkExpectation(Expect expect, Faults faults) {
        long expectations = Stream.of(expect.echo, expect.text, expect.hex, expect.contains)
                .filter(Objects::nonNull)
                .count();
        if (expectations != 1) {
            faults.add("expect", "must have exactly one of echo, text, hex and contains, not " + expectations);
        }
        if (Boolean.FALSE.equals(expect.echo)) {
            faults.add("expect.echo", "must be true; to expect a different response use text, hex or contains");
        }
        if (expect.text != null && faults.isEmpty()) {
            tryParse("expect.text", () -> encoding().encode(expect.text), faults);
        }
        if (expect.contains != null && faults.isEmpty()) {
            tryParse("expect.contains", () -> encoding().encode(expect.contains), faults);
        }
        if (expect.hex != null) {
            tryParse("expect.hex", () -> HexText.parse(expect.hex), faults);
        }
    }

    private static void tryParse(String field, Runnable parser, Faults faults) {
        try {
            parser.run();
        } catch (IllegalArgumentException ex) {
            faults.add(field, String.valueOf(ex.getMessage()));
        }
    }

    /** The message in plain text. Must not be called before the checks have passed. Each call draws new random bytes. */
    TestMessage toMessage() {
        byte[] payload = payload();
        TestMessage message = new TestMessage(
                payload,
                expectation(payload),
                Duration.ofMillis(connectTimeoutMs == null ? DEFAULT_TIMEOUT_MS : connectTimeoutMs),
                timeout(),
                repetitions(),
                sourcePort == null ? 0 : sourcePort,
                Boolean.TRUE.equals(halfClose));
        return proxyProtocol == null ? message : message.behind(proxyProtocol.toHeader());
    }

    private Duration timeout() {
        return Duration.ofMillis(timeoutMs == null ? DEFAULT_TIMEOUT_MS : timeoutMs);
    }

    private int repetitions() {
        return repeat == null ? 1 : repeat;
    }

    private byte[] payload() {
        if (text != null) {
            return encoding().encode(text);
        }
        if (hex != null) {
            return HexText.parse(hex);
        }
        if (base64 != null) {
            return Base64Text.parse(base64);
        }
        byte[] random = new byte[size == null ? 0 : size];
        ThreadLocalRandom.current().nextBytes(random);
        return random;
    }

    private Expectation expectation(byte[] payload) {
        if (expect == null || expect.echo != null) {
            return new Expectation.Exactly(payload);
        }
        if (expect.text != null) {
            return new Expectation.Exactly(encoding().encode(expect.text));
        }
        if (expect.hex != null) {
            return new Expectation.Exactly(HexText.parse(expect.hex));
        }
        return new Expectation.Containing(encoding().encode(String.valueOf(expect.contains)));
    }

    private TextEncoding encoding() {
        return charset == null ? TextEncoding.UTF_8 : TextEncoding.named(charset);
    }
}
