package dev.canyon.probe.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.canyon.dial.tls.ClientTls;
import dev.canyon.dial.tls.PeerTrust;
import dev.canyon.dial.tls.TlsFault;
import dev.canyon.engine.Certificates;
import dev.canyon.engine.Endpoints;
import dev.canyon.engine.Endpoints.Opened;
import dev.canyon.engine.Wire;
import dev.canyon.engine.kernel.TransportKind;
import dev.canyon.net.Protocol;
import dev.canyon.probe.OddServer;
import dev.canyon.probe.Outcome;
import dev.canyon.probe.spec.RunResult;
import dev.canyon.probe.spec.TlsFigures;
import dev.canyon.probe.spec.Verdict;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs over TLS. */
@Timeout(60)
class TlsRunTest {

    private static final Wire WIRE = new Wire(TransportKind.preferred(), "127.0.0.1");

    private final Endpoints endpoints = new Endpoints();
    private final TestRuns runs = new TestRuns();

    @AfterEach
    void close() {
        runs.close();
        endpoints.close();
    }

    private static ClientTls trusting(String name) {
        return new ClientTls(
                PeerTrust.certificates(List.of(Certificates.certificate(name))), null, "127.0.0.1", List.of());
    }

    private RunRecord finish(InetSocketAddress target, Specs specs, ClientTls tls) throws Exception {
        return runs.runs
                .start(specs.spec(), Protocol.TCP, target, tls, null)
                .finished()
                .get(30, TimeUnit.SECONDS);
    }

    private static TlsFigures tls(RunRecord end) {
        return Objects.requireNonNull(TestRuns.result(end).tls(), end::toString);
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
    void everyConnectionIsEncryptedAndItsHandshakeTimed(String protocol) throws Exception {
        Opened listener = endpoints.tls(WIRE, Map.of("protocols", List.of(protocol)));
        // Longer than a record.
        Specs specs = Specs.messages(200).over(5).of(40_000).inFlight(2);
        RunRecord end = finish(listener.endpoint().address(), specs, trusting("server"));
        assertThat(end.verdict()).as(end.toString()).isEqualTo(Verdict.PASS);
        RunResult result = TestRuns.result(end);
        assertThat(result.received()).isEqualTo(200);
        assertThat(result.corrupted()).isZero();
        TlsFigures tls = tls(end);
        assertThat(tls.handshakes()).isEqualTo(5);
        assertThat(tls.protocols()).isEqualTo(Map.of(protocol, 5L));
        assertThat(tls.failures()).isEmpty();
        assertThat(Objects.requireNonNull(tls.latency()).minMicros()).isPositive();
        assertThat(listener.read().tls().completed()).isEqualTo(Map.of(protocol, 5L));
    }

    @Test
    void theWarmUpIsNotCounted() throws Exception {
        Opened listener = endpoints.tls(WIRE, Map.of());
        Specs specs = Specs.messages(10).over(2).warmedUpFor(Duration.ofMillis(10));
        RunRecord end = finish(listener.endpoint().address(), specs, trusting("server"));
        assertThat(end.verdict()).as(end.toString()).isEqualTo(Verdict.PASS);
        assertThat(tls(end).handshakes()).isEqualTo(2);
        assertThat(listener.read().tls().handshakes()).isEqualTo(4);
    }

    @Test
    void failedHandshakesAreCountedByCause() throws Exception {
        Opened listener = endpoints.tls(WIRE, Map.of());
        RunRecord end = finish(listener.endpoint().address(), Specs.messages(10).over(3), trusting("other"));
        assertThat(end.state()).isEqualTo(RunState.FAILED);
        assertThat(end.detail())
                .isEqualTo("no connection was established: the certificate CN=server is self-signed, and not trusted");
        assertThat(TestRuns.result(end).errors()).isEqualTo(Map.of(Outcome.TLS_FAILED, 3L));
        assertThat(tls(end).failures()).isEqualTo(Map.of(TlsFault.UNKNOWN_AUTHORITY, 3L));
        assertThat(tls(end).handshakes()).isZero();
        assertThat(tls(end).latency()).isNull();
    }

    /** With TLS 1.3 after the handshake of the client is complete. */
    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
    void aMissingClientCertificateIsCounted(String protocol) throws Exception {
        Opened listener = endpoints.tls(WIRE, Map.of("protocols", List.of(protocol), "clientAuth", "need"));
        RunRecord end = finish(listener.endpoint().address(), Specs.messages(10).over(2), trusting("server"));
        assertThat(TestRuns.result(end).errors()).as(end.toString()).isEqualTo(Map.of(Outcome.TLS_FAILED, 2L));
        assertThat(tls(end).failures()).isEqualTo(Map.of(TlsFault.CERTIFICATE_REQUIRED, 2L));
    }

    @Test
    void plainTextSilenceAndTheEndOnTheOtherSideAreNamed() throws Exception {
        try (OddServer server = new OddServer(client -> {
            client.getOutputStream().write("220 ready\r\n".getBytes(StandardCharsets.US_ASCII));
            OddServer.staySilent(client);
        })) {
            RunRecord end = finish(server.address(), Specs.messages(1), trusting("server"));
            assertThat(tls(end).failures()).isEqualTo(Map.of(TlsFault.PLAIN_TEXT, 1L));
            assertThat(tls(end).firstFailure()).isEqualTo("the peer does not speak TLS; it sent \"220 ready\"");
        }
        try (OddServer server = new OddServer(OddServer::staySilent)) {
            Specs impatient = Specs.messages(1).lostAfter(Duration.ofMillis(300));
            RunRecord end = finish(server.address(), impatient, trusting("server"));
            assertThat(tls(end).failures()).isEqualTo(Map.of(TlsFault.TIMEOUT, 1L));
            assertThat(tls(end).firstFailure()).isEqualTo("the TLS handshake took longer than 300 ms");
        }
        try (OddServer server = new OddServer(Socket::close)) {
            RunRecord end = finish(server.address(), Specs.messages(1), trusting("server"));
            assertThat(tls(end).failures()).isEqualTo(Map.of(TlsFault.CLOSED, 1L));
            assertThat(TestRuns.result(end).errors()).isEqualTo(Map.of(Outcome.TLS_FAILED, 1L));
        }
        Opened plain = endpoints.tcp(WIRE);
        RunRecord end = finish(plain.endpoint().address(), Specs.messages(1), trusting("server"));
        assertThat(tls(end).failures()).isEqualTo(Map.of(TlsFault.PLAIN_TEXT, 1L));
    }
}
