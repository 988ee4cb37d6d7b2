package dev.canyon.api.message;

import dev.canyon.net.IpText;
import dev.canyon.probe.Attempt;
import dev.canyon.probe.MessageReport;
import dev.canyon.probe.Timing;
import dev.canyon.probe.payload.Utf8Text;
import dev.canyon.probe.report.MessageFields;
import io.swagger.v3.oas.annotations.media.Schema;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The result of a test message in a response. {@link MessageFields} has the same fields. */
@Schema(description = "Result of a test message. A failed test is a 200 with verdict fail")
record MessageView(
        @Schema(
                allowableValues = {
                    "ok",
                    "mismatch",
                    "partial",
                    "timeout-connect",
                    "timeout-read",
                    "refused",
                    "reset",
                    "tls-failed",
                    "closed-early",
                    "unreachable",
                    "dns",
                    "other"
                },
                example = "ok")
        String outcome,

        @Schema(
                allowableValues = {"pass", "fail"},
                example = "pass")
        String verdict,

        Target target,

        @Schema(description = "Local address of the client") @Nullable
        Client client,

        @Schema(
                description =
                        "Client address as seen by the listener; differs behind NAT. Null if the target is not a Canyon listener")
        @Nullable
        Server server,

        @Schema(description = "Null without TLS, or if no TLS handshake began") @Nullable
        PeerTlsView tls,

        Content sent,
        Content received,
        TimingView timing,

        @Schema(description = "Explanation of the outcome") @Nullable
        String detail,

        @Schema(
                description =
                        "All attempts if repeat is greater than 1, otherwise null; fewer than repeat if the connection"
                                + " ended. The fields above are those of the first attempt that is not ok, or of the last")
        @Nullable
        List<AttemptView> attempts) {

    @Schema(name = "MessageTarget", description = "Target of the message; address is null if no socket was opened")
    record Target(
            @Schema(example = "tcp") String protocol,
            @Schema(example = "127.0.0.1") String host,
            @Schema(example = "7007") int port,

            @Schema(example = "127.0.0.1") @Nullable String address) {

        static Target of(MessageReport report) {
            InetAddress address = report.address();
            return new Target(
                    report.protocol().toString(),
                    report.host(),
                    report.port(),
                    address == null ? null : IpText.of(address));
        }
    }

    @Schema(name = "MessageClient")
    record Client(
            @Schema(example = "127.0.0.1") String address,
            @Schema(example = "51514") int port) {

        static @Nullable Client of(@Nullable InetSocketAddress address) {
            return address == null ? null : new Client(IpText.of(address.getAddress()), address.getPort());
        }
    }

    @Schema(name = "MessageServer")
    record Server(
            @Schema(example = "127.0.0.1") String remoteAddress,
            @Schema(example = "51514") int remotePort) {

        static @Nullable Server of(@Nullable InetSocketAddress address) {
            return address == null ? null : new Server(IpText.of(address.getAddress()), address.getPort());
        }
    }

    @Schema(name = "MessageContent")
    record Content(
            @Schema(example = "10") int bytes,
            @Schema(example = "SGVsbG8ga2FybA==") String base64,

            @Schema(description = "Null if the bytes are not valid UTF-8", example = "Hello karl") @Nullable
            String text) {

        static Content of(byte[] bytes) {
            return new Content(bytes.length, Base64.getEncoder().encodeToString(bytes), Utf8Text.of(bytes, false));
        }
    }

    @Schema(
            name = "MessageTiming",
            description = "When each step completed, in microseconds since the call began; null if it was not reached")
    record TimingView(
            @Nullable Long resolvedMicros,
            @Nullable Long connectedMicros,

            @Schema(description = "TLS handshake; null without TLS") @Nullable
            Long handshakeMicros,

            @Nullable Long sentMicros,
            @Nullable Long firstByteMicros,
            @Nullable Long lastByteMicros,
            @Nullable Long closedMicros) {

        static TimingView of(Timing timing) {
            return new TimingView(
                    timing.resolvedMicros(),
                    timing.connectedMicros(),
                    timing.handshakeMicros(),
                    timing.sentMicros(),
                    timing.firstByteMicros(),
                    timing.lastByteMicros(),
                    timing.closedMicros());
        }
    }

    @Schema(name = "MessageAttempt", description = "Result of sending the message once")
    record AttemptView(
            @Schema(example = "ok") String outcome,
            @Schema(example = "pass") String verdict,
            Content received,
            TimingView timing,
            @Nullable String detail) {

        static AttemptView of(Attempt attempt) {
            return new AttemptView(
                    attempt.outcome().toString(),
                    attempt.outcome().verdict(),
                    Content.of(attempt.received()),
                    TimingView.of(attempt.timing()),
                    attempt.detail());
        }
    }

    static MessageView of(MessageReport report) {
        Attempt decisive = report.decisive();
        List<Attempt> attempts = report.attempts();
        return new MessageView(
                decisive.outcome().toString(),
                decisive.outcome().verdict(),
                Target.of(report),
                Client.of(report.result().client()),
                Server.of(report.result().server()),
                PeerTlsView.of(report.result().tls()),
                Content.of(report.sent()),
                Content.of(decisive.received()),
                TimingView.of(decisive.timing()),
                decisive.detail(),
                attempts.isEmpty()
                        ? null
                        : attempts.stream().map(AttemptView::of).toList());
    }
}
