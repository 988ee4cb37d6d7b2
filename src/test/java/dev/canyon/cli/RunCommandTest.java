package dev.canyon.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import dev.canyon.FreePorts;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@Timeout(60)
class RunCommandTest {

    private static Listening echo;

    @BeforeAll
    static void listen() {
        echo = Listening.start("tcp://127.0.0.1:0", "udp://127.0.0.1:0", "--quiet");
    }

    @AfterAll
    static void end() throws InterruptedException {
        echo.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"tcp", "udp"})
    void anEchoPasses(String protocol) {
        Invocation run = Invocation.of(
                "run",
                echo.uri(protocol),
                "--messages",
                "500",
                "--connections",
                "4",
                "--pipeline",
                "8",
                "--size",
                "100");
        assertThat(run.status()).as(run.toString()).isZero();
        assertThat(run.out())
                .startsWith("pass\n")
                .contains("target    " + echo.uri(protocol) + "\n")
                .contains(
                        "load      4 connections, 100 bytes per message, as fast as possible, 8 in flight per connection\n")
                .contains("messages  500 sent, 500 received, 0 lost (0.000 %), 0 late, 0 duplicated, 0 reordered, 0")
                .contains("errors    none\n")
                .containsPattern("rate      [\\d,.]+ messages/s, [\\d,]+ bytes/s each way over [\\d.]+ s\n")
                .containsPattern("latency   min .* ms, .*p99 .* ms, .*max .* ms\n");
        assertThat(run.err()).as("no bar where nobody looks").isEmpty();
    }

    @Test
    void aFixedRateIsKeptAfterTheWarmup() {
        Invocation run = Invocation.of(
                "run",
                echo.uri("udp"),
                "--rate",
                "200",
                "--duration",
                "500ms",
                "--warmup",
                "100ms",
                "--min-rate",
                "10");
        assertThat(run.status()).as(run.toString()).isZero();
        assertThat(run.out()).contains("200 messages/s, 0.100 s warm-up", "messages  100 sent, 100 received");
    }

    @Test
    void lossFailsUnlessAllowed() throws Exception {
        try (DatagramSocket forgetful = new DatagramSocket(0, InetAddress.getByName("127.0.0.1"))) {
            Thread server = new Thread(() -> answerAllButEveryFifth(forgetful), "forgetful");
            server.start();
            String[] run = {
                "run",
                "udp://127.0.0.1:" + forgetful.getLocalPort(),
                "--messages",
                "50",
                "--connections",
                "1",
                "--pipeline",
                "50",
                "--timeout",
                "300ms"
            };
            Invocation failed = Invocation.of(run);
            assertThat(failed.status()).isEqualTo(1);
            assertThat(failed.out())
                    .startsWith("fail: lossRatio is 0.2 (expected: at most 0)\n")
                    .contains("10 lost");
            Invocation allowed = Invocation.of(Stream.concat(Stream.of(run), Stream.of("--max-loss", "0.2"))
                    .toArray(String[]::new));
            assertThat(allowed.status()).as(allowed.toString()).isZero();
        }
    }

    private static void answerAllButEveryFifth(DatagramSocket socket) {
        DatagramPacket packet = new DatagramPacket(new byte[100], 100);
        try {
            for (int number = 1; true; number++) {
                packet.setLength(100);
                socket.receive(packet);
                if (number % 5 != 0) {
                    socket.send(packet);
                }
            }
        } catch (java.io.IOException ex) {
            // It is closed.
        }
    }

    @Test
    void aMissedThresholdFails() {
        Invocation run = Invocation.of("run", echo.uri("tcp"), "--messages", "50", "--max-p50", "1us");
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.out()).startsWith("fail: p50Micros is ").contains("(expected: at most 1)");
    }

    @Test
    void aClosedPortAndAnUnknownHostFail() {
        Invocation refused = Invocation.of("run", "tcp://127.0.0.1:" + FreePorts.next(), "--messages", "5");
        assertThat(refused.status()).isEqualTo(1);
        assertThat(refused.out())
                .startsWith("inconclusive: no connection was established\n")
                .contains("10 refused");
        Invocation unknown = Invocation.of("run", "tcp://no-such-host.invalid:7");
        assertThat(unknown.status()).isEqualTo(1);
        assertThat(unknown.err()).isEqualTo("canyon run: cannot resolve host name 'no-such-host.invalid'\n");
    }

    @Test
    void jsonHasTheFieldsOfTheApi() throws Exception {
        JsonNode schemas = JsonMapper.shared()
                .readTree(Files.readString(Path.of("openapi.json")))
                .at("/components/schemas");
        Invocation passed = Invocation.of("run", echo.uri("tcp"), "--messages", "20", "--json");
        Invocation failed = Invocation.of("run", "tcp://127.0.0.1:" + FreePorts.next(), "--messages", "1", "--json");
        for (Invocation run : List.of(passed, failed)) {
            JsonNode json = JsonMapper.shared().readTree(run.out());
            assertSameFields(json, schemas.at("/Run"));
            assertSameFields(json.at("/request"), schemas.at("/RunRequest"));
            assertSameFields(json.at("/request/thresholds"), schemas.at("/RunThresholds"));
            assertSameFields(json.at("/result"), schemas.at("/RunResult"));
        }
        JsonNode json = JsonMapper.shared().readTree(passed.out());
        assertThat(json.at("/verdict").stringValue()).isEqualTo("pass");
        assertThat(json.at("/result/received").intValue()).isEqualTo(20);
        assertSameFields(json.at("/result/latency"), schemas.at("/RunLatency"));
        assertSameFields(json.at("/result/series/0"), schemas.at("/RunInterval"));
        assertSameFields(json.at("/result/histogram/0"), schemas.at("/RunBucket"));
        assertThat(JsonMapper.shared()
                        .readTree(failed.out())
                        .at("/result/errors/refused")
                        .intValue())
                .isEqualTo(10);
    }

    @Test
    void reportsHaveTheValuesOfTheJson(@TempDir Path directory) throws Exception {
        Path csv = directory.resolve("run.csv");
        Path junit = directory.resolve("run.xml");
        Invocation run = Invocation.of(
                "run",
                echo.uri("tcp"),
                "--messages",
                "20",
                "--max-p50",
                "1us",
                "--json",
                "--csv",
                csv.toString(),
                "--junit",
                junit.toString());
        assertThat(run.status()).isEqualTo(1);
        JsonNode json = JsonMapper.shared().readTree(run.out());
        assertThat(Files.readString(csv))
                .startsWith("metric,atMs,value\r\n")
                .contains(
                        "id,," + json.at("/id").stringValue() + "\r\n",
                        "verdict,,fail\r\n",
                        "request.target.host,,127.0.0.1\r\n",
                        "request.ratePerSecond,,\r\n",
                        "request.thresholds.p50Micros,,1\r\n",
                        "result.received,,20\r\n",
                        "result.series.messages," + json.at("/result/series/0/atMs") + ",20\r\n");
        assertThat(Files.readString(junit))
                .contains("<testsuite name=\"canyon.run.tcp-127_0_0_1-", "tests=\"4\" failures=\"1\"")
                .contains("<property name=\"result.received\" value=\"20\"")
                .contains("message=\"p50Micros is ");
    }

    @Test
    void unwritableReportFilesAreRejectedBeforeTheRun(@TempDir Path directory) {
        String file = directory.resolve("run").toString();
        assertRefused("--csv", "is a directory", "--csv", directory.toString());
        assertRefused(
                "--junit",
                "is not writable",
                "--junit",
                directory.resolve("missing/run.xml").toString());
        assertRefused("--junit", "must differ from the --csv file", "--csv", file, "--junit", directory + "/./run");
        assertThat(directory).isEmptyDirectory();
    }

    private static void assertRefused(String option, String why, String... arguments) {
        Invocation wrong = Invocation.of(Stream.concat(Stream.of("run", echo.uri("tcp")), Stream.of(arguments))
                .toArray(String[]::new));
        assertThat(wrong.status()).as(wrong.toString()).isEqualTo(2);
        assertThat(wrong.err()).contains("'" + option + "'", why);
        assertThat(wrong.out()).isEmpty();
    }

    @Test
    void aFailedReportFailsTheCommandButPrintsTheResult() {
        assumeThat(Path.of("/dev/full")).as("needs /dev/full of Linux").exists();
        Invocation run = Invocation.of("run", echo.uri("tcp"), "--messages", "5", "--csv", "/dev/full");
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.out()).startsWith("pass\n");
        assertThat(run.err()).isEqualTo("canyon run: failed to write '/dev/full': No space left on device\n");
    }

    private static void assertSameFields(JsonNode object, JsonNode schema) {
        assertThat(object.propertyNames())
                .containsExactlyInAnyOrderElementsOf(schema.at("/properties").propertyNames());
    }

    @Test
    void aSignalPrintsTheResultSoFar() throws Exception {
        StringWriter out = new StringWriter();
        int[] status = {-1};
        Thread run = new Thread(
                () -> status[0] = Cli.run(
                        new PrintWriter(out),
                        new PrintWriter(new StringWriter()),
                        "run",
                        echo.uri("udp"),
                        "--duration",
                        "1m",
                        "--warmup",
                        "0",
                        "--rate",
                        "100"),
                "run");
        run.start();
        await().until(() -> Thread.getAllStackTraces().keySet().stream()
                .anyMatch(thread -> thread.getName().startsWith("canyon-run-loop")));
        long asked = System.nanoTime();
        run.interrupt();
        run.join(20_000);
        assertThat(System.nanoTime() - asked).isLessThan(TimeUnit.SECONDS.toNanos(5));
        assertThat(status[0]).isEqualTo(1);
        assertThat(out.toString()).startsWith("inconclusive: cancelled\n");
    }

    @ParameterizedTest
    @CsvSource({
        "--connections 0, --connections",
        "--size 0, --size",
        "--size 15, --size",
        "--size 65508, --size",
        "--rate 0, --rate",
        "--rate many, --rate",
        "--pipeline 0, --pipeline",
        "--pipeline -1, --pipeline",
        "--duration 0, --duration",
        "--duration 10, --duration",
        "--warmup 25h, --warmup",
        "--messages 0, --messages",
        "--timeout 0, --timeout",
        "--timeout 2h, --timeout",
        "--max-loss 2, --max-loss",
        "--max-loss NaN, --max-loss",
        "--min-rate -1, --min-rate",
        "--min-rate NaN, --min-rate",
        "--min-rate Infinity, --min-rate",
        "--rate 1000000 --timeout 10s, --timeout",
        "--connections 2000 --size 60000, --connections",
    })
    void wrongArgumentsAreNamedAndNothingIsSent(String arguments, String named) {
        Invocation wrong = Invocation.of(("run " + echo.uri("udp") + " " + arguments).split(" "));
        assertThat(wrong.status()).as(wrong.toString()).isEqualTo(2);
        assertThat(wrong.err()).contains("'" + named + "'", "Try 'canyon run --help'.");
        assertThat(wrong.out()).isEmpty();
    }

    @Test
    void aTargetIsRequired() {
        assertThat(Invocation.of("run").err()).contains("URI");
        assertThat(Invocation.of("run", "tcp://127.0.0.1:0").err()).contains("has port 0");
    }
}
