package dev.canyon.engine;

import static dev.canyon.engine.identity.HeaderBytes.ascii;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.canyon.FreePorts;
import dev.canyon.engine.Endpoints.Opened;
import dev.canyon.engine.endpoint.EndpointSpec;
import dev.canyon.engine.endpoint.TcpSettings;
import dev.canyon.engine.identity.ProxyHeader;
import dev.canyon.engine.identity.ProxyTls;
import dev.canyon.engine.kernel.TransportKind;
import dev.canyon.engine.peer.CloseReason;
import dev.canyon.engine.peer.ConnectionIdentity.Proxied;
import dev.canyon.engine.peer.Peer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** HAProxy and nginx in front of an endpoint. */
@Timeout(60)
class ProxyProgramsTest {

    private static final Wire WIRE = new Wire(TransportKind.preferred(), "127.0.0.1");
    private static final byte[] HELLO = ascii("Hello karl");

    @TempDir
    Path directory;

    private final Endpoints endpoints = new Endpoints();
    private Opened opened;
    private @Nullable Process program;

    @BeforeEach
    void open() {
        EndpointSpec spec =
                Endpoints.spec("127.0.0.1", 0, TcpSettings.defaults()).behindProxies(Endpoints.proxies(Map.of()));
        opened = endpoints.open(WIRE.kind(), spec);
    }

    @AfterEach
    void close() throws InterruptedException {
        stop();
        endpoints.close();
    }

    private void stop() throws InterruptedException {
        Process started = program;
        if (started != null) {
            started.destroy();
            assertThat(started.waitFor(20, TimeUnit.SECONDS))
                    .as("the proxy ends")
                    .isTrue();
        }
    }

    private void start(String... command) throws IOException {
        program = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("log").toFile())
                .start();
    }

    private void haproxy(String frontend, String server) throws IOException {
        String haproxy = InstalledProgram.require("haproxy", "haproxy");
        Path configuration =
                Files.writeString(directory.resolve("haproxy.cfg"), """
                defaults
                    mode tcp
                    timeout connect 20s
                    timeout client 60s
                    timeout server 60s
                frontend clients
                    %s
                    default_backend echo
                backend echo
                    server a 127.0.0.1:%d %s
                """.formatted(frontend, opened.port(), server));
        start(haproxy, "-db", "-f", configuration.toString());
    }

    /** Connects once the program listens. */
    private Socket connect(int port) throws IOException {
        Socket socket = await().atMost(Duration.ofSeconds(30))
                .ignoreExceptions()
                .until(() -> new Socket("127.0.0.1", port), Socket::isConnected);
        socket.setSoTimeout(20_000);
        return socket;
    }

    private static void assertEcho(Socket client) throws IOException {
        OutputStream out = client.getOutputStream();
        out.write(HELLO);
        out.flush();
        assertThat(client.getInputStream().readNBytes(HELLO.length)).isEqualTo(HELLO);
    }

    /** The peer on whose connection the client's bytes arrived. */
    private Peer peer() {
        List<Peer> peers = opened.peers().after(0, 10).stream()
                .filter(peer -> peer.receivedBytes() == HELLO.length)
                .toList();
        assertThat(peers).hasSize(1);
        return peers.get(0);
    }

    private static void assertNames(Peer peer, Socket client) {
        assertThat(peer.remote()).isEqualTo(client.getLocalSocketAddress());
        assertThat(peer.local()).isEqualTo(client.getRemoteSocketAddress());
        assertThat(proxied(peer).proxy()).isNotEqualTo(peer.remote());
    }

    private static Proxied proxied(Peer peer) {
        return Objects.requireNonNull(peer.proxied());
    }

    @Test
    void haproxySendsVersion1() throws IOException {
        int port = FreePorts.next();
        haproxy("bind 127.0.0.1:" + port, "send-proxy");
        try (Socket client = connect(port)) {
            assertEcho(client);
            Peer peer = peer();
            assertNames(peer, client);
            assertThat(proxied(peer).header().version()).isEqualTo(1);
        }
    }

    @Test
    void haproxySendsVersion2WithWhatTheClientPresents() throws IOException {
        int port = FreePorts.next();
        Path server = Certificates.pem("server");
        Path trusted = Certificates.pem("client");
        haproxy(
                "bind 127.0.0.1:" + port + " ssl crt " + server + " alpn echo verify optional ca-file " + trusted
                        + "\n    unique-id-format id-%pid",
                "send-proxy-v2-ssl-cn proxy-v2-options authority,unique-id,cert-key,cert-sig,ssl-cipher");
        try (Socket plain = connect(port);
                SSLSocket client = (SSLSocket) Certificates.context("client", "server")
                        .getSocketFactory()
                        .createSocket(plain, "localhost", port, true)) {
            SSLParameters parameters = client.getSSLParameters();
            parameters.setServerNames(List.of(new SNIHostName("server.example")));
            parameters.setApplicationProtocols(new String[] {"echo"});
            client.setSSLParameters(parameters);
            assertEcho(client);
            Peer peer = peer();
            assertNames(peer, plain);
            ProxyHeader header = proxied(peer).header();
            assertThat(header.version()).isEqualTo(2);
            assertThat(header.authority()).isEqualTo("server.example");
            assertThat(header.alpn()).isEqualTo("echo");
            assertThat(header.uniqueId()).startsWith("id-");
            ProxyTls tls = Objects.requireNonNull(header.tls());
            assertThat(tls.protocol()).isEqualTo(client.getSession().getProtocol());
            assertThat(tls.cipher()).isEqualTo(client.getSession().getCipherSuite());
            assertThat(tls.commonName()).isEqualTo("client");
            assertThat(tls.keyAlgorithm()).isEqualTo("EC256");
            assertThat(tls.clientCertificate()).isTrue();
            assertThat(tls.verified()).isTrue();
        }
    }

    /** Health checks begin with LOCAL, or with UNKNOWN in version 1, and end without data. */
    @Test
    void healthChecksOfHaproxyAreNotRejected() throws Exception {
        for (String option : List.of("send-proxy", "send-proxy-v2")) {
            long before = checks();
            haproxy("bind 127.0.0.1:" + FreePorts.next(), option + " check inter 100ms");
            await().atMost(Duration.ofSeconds(30)).until(() -> checks() >= before + 2);
            stop();
        }
        assertThat(opened.read().connections().allRejected()).isZero();
    }

    /** HAProxy ends a check with RST. */
    private long checks() {
        Map<CloseReason, Long> closed = opened.read().connections().closed();
        return Stream.of(CloseReason.PROBE, CloseReason.CLIENT, CloseReason.ERROR)
                .mapToLong(reason -> closed.getOrDefault(reason, 0L))
                .sum();
    }

    @Test
    void nginxSendsVersion1() throws IOException {
        String nginx = InstalledProgram.require("nginx", "nginx libnginx-mod-stream");
        Path module = Path.of("/usr/lib/nginx/modules/ngx_stream_module.so");
        InstalledProgram.skipUnless(
                Files.exists(module),
                "the stream module of nginx is missing (Debian: apt-get install libnginx-mod-stream)");
        int port = FreePorts.next();
        Path configuration = Files.writeString(
                directory.resolve("nginx.conf"), """
                load_module %s;
                daemon off;
                master_process off;
                pid %s/pid;
                error_log stderr;
                events {}
                stream {
                    server {
                        listen 127.0.0.1:%d;
                        proxy_protocol on;
                        proxy_pass 127.0.0.1:%d;
                    }
                }
                """.formatted(module, directory, port, opened.port()));
        start(nginx, "-p", directory.toString(), "-e", "stderr", "-c", configuration.toString());
        try (Socket client = connect(port)) {
            assertEcho(client);
            Peer peer = peer();
            assertNames(peer, client);
            assertThat(proxied(peer).header().version()).isEqualTo(1);
        }
    }
}
