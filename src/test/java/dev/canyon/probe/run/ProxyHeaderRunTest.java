package dev.canyon.probe.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.canyon.dial.OutgoingProxyHeader;
import dev.canyon.dial.tls.ClientTls;
import dev.canyon.dial.tls.PeerTrust;
import dev.canyon.engine.Certificates;
import dev.canyon.engine.Endpoints;
import dev.canyon.engine.Endpoints.Opened;
import dev.canyon.engine.endpoint.EndpointSpec;
import dev.canyon.engine.endpoint.TcpSettings;
import dev.canyon.engine.identity.ProxyProtocolSettings;
import dev.canyon.engine.kernel.TransportKind;
import dev.canyon.engine.tls.TlsSettings;
import dev.canyon.net.Cidr;
import dev.canyon.net.ListenAddress;
import dev.canyon.net.Protocol;
import dev.canyon.probe.spec.InvalidRunException;
import dev.canyon.probe.spec.RunResult;
import dev.canyon.probe.spec.RunSpec;
import dev.canyon.probe.spec.Verdict;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Runs whose connections begin with a PROXY header. */
@Timeout(60)
class ProxyHeaderRunTest {

    private static final String CLIENT = "192.0.2.7";

    private final Endpoints endpoints = new Endpoints();
    private final TestRuns runs = new TestRuns();

    @AfterEach
    void close() {
        runs.close();
        endpoints.close();
    }

    /** Admits nobody but the client that the header names. */
    private Opened open(TransportKind kind, boolean isTls) {
        EndpointSpec spec = new EndpointSpec(
                        new ListenAddress("127.0.0.1", 0), 4_096, List.of(Cidr.parse(CLIENT)), TcpSettings.defaults())
                .behindProxies(ProxyProtocolSettings.with(Map.of("mode", "required")));
        return endpoints.open(kind, isTls ? spec.encryptedBy(TlsSettings.with(Map.of("bundle", "server"))) : spec);
    }

    private static OutgoingProxyHeader header(int version) {
        return new OutgoingProxyHeader(version, new InetSocketAddress(CLIENT, 4711), null);
    }

    private RunRecord finish(Opened target, RunSpec spec, @Nullable ClientTls tls, @Nullable String obstacle)
            throws Exception {
        return runs.runs
                .start(spec, Protocol.TCP, target.endpoint().address(), tls, obstacle)
                .finished()
                .get(30, TimeUnit.SECONDS);
    }

    private static ClientTls trustingTheServer() {
        return new ClientTls(
                PeerTrust.certificates(List.of(Certificates.certificate("server"))), null, "127.0.0.1", List.of());
    }

    @ParameterizedTest
    @CsvSource({"1, false, EPOLL", "2, false, EPOLL", "1, true, EPOLL", "2, true, EPOLL", "2, true, NIO"})
    void everyConnectionBeginsWithTheHeader(int version, boolean isTls, TransportKind kind) throws Exception {
        Opened listener = open(kind, isTls);
        RunSpec spec = Specs.messages(200)
                .over(5)
                .inFlight(4)
                .warmedUpFor(Duration.ofMillis(10))
                .spec()
                .behind(header(version));
        RunRecord end = finish(listener, spec, isTls ? trustingTheServer() : null, null);
        assertThat(end.verdict()).as(end.toString()).isEqualTo(Verdict.PASS);
        RunResult result = TestRuns.result(end);
        assertThat(result.received()).isEqualTo(200);
        assertThat(result.corrupted()).isZero();
        assertThat(listener.read().connections().total()).isEqualTo(10);
        assertThat(listener.read().connections().rejected())
                .allSatisfy((reason, count) -> assertThat(count).isZero());
    }

    @ParameterizedTest
    @CsvSource({
        "false, no response; because",
        "true, no connection was established: the peer closed the connection during the TLS handshake; because"
    })
    void whatIsKnownToPreventAResponseIsReported(boolean isTls, String detail) throws Exception {
        Opened listener = open(TransportKind.preferred(), isTls);
        RunSpec spec = Specs.messages(10).over(2).spec();
        RunRecord end = finish(listener, spec, isTls ? trustingTheServer() : null, "because");
        assertThat(end.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(end.state()).isEqualTo(isTls ? RunState.FAILED : RunState.COMPLETED);
        assertThat(end.reason()).isEqualTo(detail);
    }

    @Test
    void aRunWithResponsesDoesNotReportIt() throws Exception {
        RunSpec spec = Specs.messages(10).spec().behind(header(2));
        RunRecord end = finish(open(TransportKind.preferred(), false), spec, null, "because");
        assertThat(end.verdict()).isEqualTo(Verdict.PASS);
        assertThat(end.reason()).isNull();
    }

    @Test
    void udpHasNoHeader() {
        RunSpec spec = Specs.messages(1).spec().behind(header(2));
        assertThatThrownBy(() -> runs.runs.start(spec, Protocol.UDP, new InetSocketAddress("127.0.0.1", 9)))
                .isInstanceOf(InvalidRunException.class)
                .hasMessage("requires TCP; remove it or use protocol tcp")
                .extracting("field")
                .isEqualTo("proxyProtocol");
    }
}
