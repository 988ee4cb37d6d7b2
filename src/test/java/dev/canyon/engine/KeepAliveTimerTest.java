package dev.canyon.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import dev.canyon.engine.Endpoints.Opened;
import dev.canyon.engine.endpoint.EchoEndpoint;
import dev.canyon.engine.endpoint.TcpSettings;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The keep-alive timer that the kernel runs for an accepted connection, as ss(8) shows it. */
class KeepAliveTimerTest {

    private static final Pattern TIMER = Pattern.compile("timer:\\(keepalive,(?:(\\d+)min)?(?:([0-9.]+)(sec|ms))?,");

    private final Endpoints endpoints = new Endpoints();

    @BeforeEach
    void requireSs() {
        assumeThat(Stream.of("/usr/bin/ss", "/bin/ss", "/usr/sbin/ss", "/sbin/ss")
                        .map(Path::of)
                        .anyMatch(Files::isExecutable))
                .as("ss(8) of iproute2 is not installed")
                .isTrue();
    }

    @AfterEach
    void closeEndpoints() {
        endpoints.close();
    }

    static Stream<Wire> wires() {
        return Wire.all();
    }

    @ParameterizedTest
    @MethodSource("wires")
    void runsAsSetAndChangesOnOpenConnections(Wire wire) throws Exception {
        Opened opened =
                endpoints.tcp(wire, settings -> TcpSettings.with(Map.of("keepAlive", true, "keepAliveIdleMs", 99_001)));
        EchoEndpoint endpoint = opened.endpoint();
        try (TcpClient client = TcpClient.connect(endpoint.address())) {
            assertThat(client.send(new byte[] {1}).read(1)).containsExactly(1);
            await().untilAsserted(() -> assertThat(seconds(opened)).isBetween(60.0, 120.0));
            change(wire, opened, Map.of("keepAlive", true, "keepAliveIdleMs", 30_000_000));
            await().untilAsserted(() -> assertThat(seconds(opened)).isBetween(29_000.0, 30_060.0));
            change(wire, opened, Map.of("keepAlive", true));
            await().untilAsserted(() ->
                    assertThat(seconds(opened)).as("the system's default").isBetween(30.0, 20_000.0));
            change(wire, opened, Map.of());
            await().untilAsserted(() -> assertThat(sockets(opened)).doesNotContain("timer:(keepalive"));
            assertThat(client.send(new byte[] {2}).read(1))
                    .as("still connected")
                    .containsExactly(2);
        }
    }

    private static void change(Wire wire, Opened opened, Map<String, Object> settings) {
        assertThat(opened.endpoint().canApply(Endpoints.spec(wire.loopback(), 0, TcpSettings.with(settings))))
                .isTrue();
        opened.endpoint().apply(Endpoints.spec(wire.loopback(), 0, TcpSettings.with(settings)));
    }

    /** Until the next probe. */
    private static double seconds(Opened opened) throws Exception {
        String sockets = sockets(opened);
        Matcher timer = TIMER.matcher(sockets);
        assertThat(timer.find()).as(sockets).isTrue();
        double minutes = timer.group(1) == null ? 0 : Double.parseDouble(timer.group(1));
        double rest = timer.group(2) == null ? 0 : Double.parseDouble(timer.group(2));
        return minutes * 60 + ("ms".equals(timer.group(3)) ? rest / 1000 : rest);
    }

    private static String sockets(Opened opened) throws Exception {
        Process ss = new ProcessBuilder("ss", "-tnoH", "state", "established", "sport", "=", ":" + opened.port())
                .redirectErrorStream(true)
                .start();
        String output = new String(ss.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(ss.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(ss.exitValue()).as(output).isZero();
        return output;
    }
}
