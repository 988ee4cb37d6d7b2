package dev.canyon.api;

import dev.canyon.api.json.Faults;
import dev.canyon.api.json.SelfChecking;
import dev.canyon.probe.Base64Text;
import dev.canyon.probe.Expectation;
import dev.canyon.probe.HexText;
import dev.canyon.probe.TestMessage;
import dev.canyon.probe.TextEncoding;
import dev.canyon.settings.LimitSettings;
import dev.canyon.transport.ListenAddress;
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

/** A test message as it comes in. */
@Schema(
        description =
                "A test message: exactly one of text, hex, base64 and size; empty on TCP tests the connection alone")
record MessageRequest(
        @Schema(description = "Where to: required for /messages, and not for the messages of one listener")
        @Valid
        @Nullable
        Target target,

        @Schema(description = "Text, sent in the charset", example = "Hello karl") @Nullable
        String text,

        @Schema(description = "How the text becomes bytes", defaultValue = "utf-8") @Nullable
        String charset,

        @Schema(description = "Bytes in hex; spaces, colons and 0x may stand between them") @Nullable
        String hex,

        @Schema(description = "Bytes in Base64") @Nullable String base64,

        @Schema(description = "This many random bytes; canyon.limits.message-bytes is the most")
        @Min(0)
        @Max(LimitSettings.MAX_MESSAGE_BYTES)
        @Nullable
        Integer size,

        @Valid @Nullable Expect expect,

        @Schema(description = "How long to wait for each answer, in milliseconds", defaultValue = "2000")
        @Min(1)
        @Max(MessageRequest.MAX_TIMEOUT_MS)
        @Nullable
        Long timeoutMs,

        @Schema(description = "How long to wait for the TCP handshake, in milliseconds", defaultValue = "2000")
        @Min(1)
        @Max(MessageRequest.MAX_TIMEOUT_MS)
        @Nullable
        Long connectTimeoutMs,

        @Schema(
                description =
                        "How often to send it: on one socket, each time after the last one is answered or given up",
                defaultValue = "1")
        @Min(1)
        @Max(MessageRequest.MAX_REPEAT)
        @Nullable
        Integer repeat,

        @Schema(description = "The local port to send from; 0 lets the system choose", defaultValue = "0")
        @Min(0)
        @Max(ListenAddress.MAX_PORT)
        @Nullable
        Integer sourcePort,

        @Schema(
                description = "For TCP: send FIN after the last message and read until the peer's FIN",
                defaultValue = "false")
        @Nullable
        Boolean halfClose)
        implements SelfChecking {

    static final long MAX_TIMEOUT_MS = 60_000;
    static final int MAX_REPEAT = 100;

    /** What one call may take at most, however often it sends. */
    private static final long MAX_TOTAL_MS = 600_000;

    private static final long MAX_TOTAL_BYTES = LimitSettings.MAX_MESSAGE_BYTES;
    private static final long DEFAULT_TIMEOUT_MS = 2_000;

    @Schema(
            name = "MessageRequestTarget",
            description = "A running listener of Canyon, or what canyon.targets.allowed permits")
    record Target(
            @Schema(
                    allowableValues = {"tcp", "udp"},
                    example = "tcp")
            @NotNull(message = "is required: tcp or udp")
            @Pattern(regexp = "tcp|udp", message = "must be tcp or udp")
            @Nullable
            String protocol,

            @Schema(description = "An address or a host name", example = "127.0.0.1")
            @NotNull(message = "is required: an address or a host name")
            @Size(min = 1, max = ListenAddress.MAX_HOST_LENGTH)
            @Pattern(regexp = ListenAddress.HOST_PATTERN, message = "must be an address or a host name")
            @Nullable
            String host,

            @Schema(example = "7007")
            @NotNull(message = "is required: 1 to 65535")
            @Min(1)
            @Max(ListenAddress.MAX_PORT)
            @Nullable
            Integer port) {}

    @Schema(description = "What shall come back: exactly one of these; left out, the echo")
    record Expect(
            @Schema(description = "What was sent; must be true", example = "true") @Nullable
            Boolean echo,

            @Schema(description = "Exactly this text") @Nullable
            String text,

            @Schema(description = "Exactly these bytes, in hex") @Nullable
            String hex,

            @Schema(description = "This text anywhere in the answer") @Nullable
            String contains) {}

    @Override
    public void check(Faults faults) {
        long contents =
                Stream.of(text, hex, base64, size).filter(Objects::nonNull).count();
        if (contents != 1) {
            faults.add("body", "must have exactly one of text, hex, base64 and size, not " + contents);
        }
        checked("charset", this::encoding, faults);
        if (text != null && faults.isEmpty()) {
            checked("text", () -> encoding().encode(text), faults);
        }
        if (hex != null) {
            checked("hex", () -> HexText.parse(hex), faults);
        }
        if (base64 != null) {
            checked("base64", () -> Base64Text.parse(base64), faults);
        }
        checkTotals(faults);
        if (expect != null) {
            checkExpectation(expect, faults);
        }
    }

    private void checkTotals(Faults faults) {
        if (faults.isEmpty() && times() * (long) payload().length > MAX_TOTAL_BYTES) {
            faults.add("repeat", "would send more than " + MAX_TOTAL_BYTES + " bytes in all");
        }
        if (faults.isEmpty() && times() * timeout().toMillis() > MAX_TOTAL_MS) {
            faults.add("repeat", "could take longer than " + MAX_TOTAL_MS + " ms: shorten timeoutMs");
        }
    }

    private void checkExpectation(Expect expect, Faults faults) {
        long wishes = Stream.of(expect.echo, expect.text, expect.hex, expect.contains)
                .filter(Objects::nonNull)
                .count();
        if (wishes != 1) {
            faults.add("expect", "must have exactly one of echo, text, hex and contains, not " + wishes);
        }
        if (Boolean.FALSE.equals(expect.echo)) {
            faults.add("expect.echo", "must be true; to expect something else, say what");
        }
        if (expect.text != null && faults.isEmpty()) {
            checked("expect.text", () -> encoding().encode(expect.text), faults);
        }
        if (expect.contains != null && faults.isEmpty()) {
            checked("expect.contains", () -> encoding().encode(expect.contains), faults);
        }
        if (expect.hex != null) {
            checked("expect.hex", () -> HexText.parse(expect.hex), faults);
        }
    }

    private static void checked(String field, Runnable reading, Faults faults) {
        try {
            reading.run();
        } catch (IllegalArgumentException ex) {
            faults.add(field, String.valueOf(ex.getMessage()));
        }
    }

    /** Only for a request that has passed its checks. Random bytes are drawn anew at each call. */
    TestMessage toMessage() {
        byte[] payload = payload();
        return new TestMessage(
                payload,
                expectation(payload),
                Duration.ofMillis(connectTimeoutMs == null ? DEFAULT_TIMEOUT_MS : connectTimeoutMs),
                timeout(),
                times(),
                sourcePort == null ? 0 : sourcePort,
                Boolean.TRUE.equals(halfClose));
    }

    private Duration timeout() {
        return Duration.ofMillis(timeoutMs == null ? DEFAULT_TIMEOUT_MS : timeoutMs);
    }

    private int times() {
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
