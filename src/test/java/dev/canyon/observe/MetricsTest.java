package dev.canyon.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.canyon.api.ApiTest;
import dev.canyon.listener.directory.ListenerDirectory;
import dev.canyon.net.Protocol;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.TestPropertySource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The second listener cannot be opened, so that there are failures to count. */
@TestPropertySource(
        properties = {
            "canyon.listeners[0].name=metrics-udp",
            "canyon.listeners[0].protocol=udp",
            "canyon.listeners[0].port=0",
            "canyon.listeners[1].name=metrics-bad",
            "canyon.listeners[1].protocol=tcp",
            "canyon.listeners[1].host=203.0.113.1",
            "canyon.listeners[1].port=7",
        })
class MetricsTest extends ApiTest {

    private static final String STORE = "canyon_store_operation_seconds";
    private static final String ECHO = "canyon_echo_latency_seconds";
    private static final Path TABLE = Path.of("docs", "metrics.md");
    private static final Path DASHBOARD = Path.of("deploy", "grafana", "canyon.json");
    private static final Pattern ROW = Pattern.compile("\\| `(canyon_\\w+)` \\| (\\w+) \\|[^|]*\\|([^|]*)\\| .+ \\|");

    @Autowired
    ListenerDirectory directory;

    @Test
    void everyListenerHasMetricsUntilItIsDeleted() throws Exception {
        int port = create("{\"name\":\"metrics-a\",\"protocol\":\"tcp\",\"port\":0}")
                .at("/status/port")
                .intValue();
        echo(port, 100);
        await().untilAsserted(() -> {
            Scrape scrape = scrape();
            String[] tags = {"listener", "metrics-a", "protocol", "tcp"};
            assertThat(scrape.value("canyon_listener_received_bytes_total", tags))
                    .isEqualTo(100);
            assertThat(scrape.value("canyon_listener_sent_bytes_total", tags)).isEqualTo(100);
            assertThat(scrape.value("canyon_listener_received_messages_total", tags))
                    .isPositive();
            assertThat(scrape.value("canyon_listener_accepted_connections_total", tags))
                    .isEqualTo(1);
            assertThat(scrape.value(
                            "canyon_listener_rejected_connections_total",
                            "listener",
                            "metrics-a",
                            "reason",
                            "max-connections"))
                    .isZero();
            assertThat(scrape.value("canyon_listener_connections", tags)).isZero();
            assertThat(scrape.value(
                            "canyon_listener_closed_connections_total", "listener", "metrics-a", "reason", "client"))
                    .isEqualTo(1);
            assertThat(scrape.value("canyon_listener_state", "listener", "metrics-a", "state", "running"))
                    .isEqualTo(1);
        });
        post("/api/v1/listeners/metrics-a/stop");
        assertThat(scrape().of("canyon_listener_state", "listener", "metrics-a"))
                .singleElement()
                .satisfies(sample -> assertThat(sample.tags()).containsEntry("state", "stopped"));
        delete("/api/v1/listeners/metrics-a");
        assertThat(scrape().text()).doesNotContain("metrics-a");
    }

    @Test
    void addressAndLabelsOfAListenerAreLabelsOfItsInfo() throws Exception {
        JsonNode status = create(
                        "{\"name\":\"metrics-labels\",\"protocol\":\"udp\",\"port\":0,\"labels\":"
                                + "{\"team\":\"net\",\"example.org/cost-center\":\"7\",\"9\":\"nine\",\"a.b\":\"1\",\"a_b\":\"2\",\"a-c\":\"3\",\"a/c\":\"4\"}}")
                .at("/status");
        create("{\"name\":\"metrics-plain\",\"protocol\":\"tcp\",\"host\":\"localhost\",\"port\":7,\"enabled\":false}");
        Scrape scrape = scrape();
        Map<String, String> labelled = new TreeMap<>(scrape.of("canyon_listener_info", "listener", "metrics-labels")
                .get(0)
                .tags());
        assertThat(labelled)
                .containsEntry("protocol", "udp")
                .containsEntry("address", "127.0.0.1")
                .containsEntry("port", status.path("port").asString())
                .containsEntry("label_team", "net")
                .containsEntry("label_example_org_cost_center", "7")
                .containsEntry("label_9", "nine")
                .containsEntry("label_a_b", "2")
                .containsEntry("label_a_c", "3");
        assertThat(scrape.of("canyon_listener_info", "listener", "metrics-plain"))
                .singleElement()
                .satisfies(sample -> {
                    assertThat(sample.value()).isEqualTo(1);
                    assertThat(sample.tags().keySet()).isEqualTo(labelled.keySet());
                    assertThat(sample.tags())
                            .containsEntry("address", "localhost")
                            .containsEntry("port", "7")
                            .containsEntry("label_team", "");
                });
    }

    @Test
    void theNumberOfLabelNamesIsLimited() throws Exception {
        String many = IntStream.range(0, 64)
                .mapToObj(number -> "\"key" + number + "\":\"value\"")
                .collect(Collectors.joining(","));
        create("{\"name\":\"metrics-many\",\"protocol\":\"tcp\",\"port\":0,\"labels\":{" + many + "}}");
        create("{\"name\":\"metrics-one\",\"protocol\":\"tcp\",\"port\":0,\"labels\":{\"key9\":\"most used\"}}");
        assertThat(scrape().of("canyon_listener_info", "listener", "metrics-one"))
                .singleElement()
                .satisfies(sample -> assertThat(sample.tags())
                        .hasSize(4 + 32)
                        .containsEntry("label_key9", "most used")
                        .containsEntry("label_key0", ""));
    }

    @Test
    void droppedDatagramsAndFailuresAreCountedByReason() throws Exception {
        int port = create("{\"name\":\"metrics-limited\",\"protocol\":\"udp\",\"port\":0,\"bufferBytes\":10}")
                .at("/status/port")
                .intValue();
        try (DatagramSocket client = new DatagramSocket(0, InetAddress.getByName("127.0.0.1"))) {
            client.send(new DatagramPacket(new byte[11], 11, InetAddress.getByName("127.0.0.1"), port));
        }
        await().untilAsserted(() -> assertThat(scrape().value(
                                "canyon_listener_dropped_datagrams_total",
                                "listener",
                                "metrics-limited",
                                "reason",
                                "oversize"))
                .isEqualTo(1));

        assertThat(scrape().value(
                                "canyon_listener_failed_opens_total",
                                "listener",
                                "metrics-bad",
                                "reason",
                                "address-unavailable"))
                .isPositive();
    }

    @Test
    void countersNeverDecrease() throws Exception {
        long start = directory.totals().of(Protocol.TCP).receivedBytes();
        int port = create("{\"name\":\"metrics-b\",\"protocol\":\"tcp\",\"port\":0}")
                .at("/status/port")
                .intValue();
        echo(port, 100);
        await().until(() -> scrape().value("canyon_listener_received_bytes_total", "listener", "metrics-b") == 100);
        assertThat(post("/api/v1/listeners/metrics-b/reset-counters")
                        .at("/status/traffic/receivedBytes")
                        .intValue())
                .isZero();
        echo(port, 10);
        await().until(() -> scrape().value("canyon_listener_received_bytes_total", "listener", "metrics-b") == 110);
        delete("/api/v1/listeners/metrics-b");
        await().untilAsserted(() -> assertThat(scrape().value("canyon_received_bytes_total", "protocol", "tcp") - start)
                .isEqualTo(110));
    }

    @Test
    void faultsThatWereRemovedRemainInTheirCounter() throws Exception {
        int port = create("{\"name\":\"metrics-f\",\"protocol\":\"udp\",\"port\":0}")
                .at("/status/port")
                .intValue();
        String faults = "/api/v1/listeners/metrics-f/faults";
        String[] drops = {"listener", "metrics-f", "type", "drop"};
        assertThat(scrape().of("canyon_faults_applied_total", drops)).isEmpty();
        post(faults, "{\"type\": \"drop\", \"id\": \"first\"}");
        assertThat(scrape().value("canyon_faults_applied_total", drops)).isZero();
        sendDatagram(port, 100);
        await().until(() -> scrape().value("canyon_faults_applied_total", drops) == 1);
        delete(faults);
        assertThat(scrape().value("canyon_faults_applied_total", drops)).isEqualTo(1);
        post(faults, "{\"type\": \"drop\", \"id\": \"second\"}");
        sendDatagram(port, 10);
        await().until(() -> scrape().value("canyon_faults_applied_total", drops) == 2);
        assertThat(scrape().value("canyon_listener_discarded_bytes_total", "listener", "metrics-f"))
                .isEqualTo(110);
        delete(faults);
        post(faults, "{\"type\": \"duplicate\", \"copies\": 2}");
        sendDatagram(port, 7);
        await().until(() -> scrape().value("canyon_listener_added_messages_total", "listener", "metrics-f") == 2);
        assertThat(scrape().value("canyon_listener_added_bytes_total", "listener", "metrics-f"))
                .isEqualTo(14);
        delete("/api/v1/listeners/metrics-f");
        assertThat(scrape().text()).doesNotContain("metrics-f");
    }

    private static void sendDatagram(int port, int bytes) throws Exception {
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.send(new DatagramPacket(new byte[bytes], bytes, InetAddress.getLoopbackAddress(), port));
        }
    }

    @Test
    void countersNeverDecreaseWhenAListenerChangesItsProtocol() throws Exception {
        String path = "/api/v1/listeners/metrics-changed";
        int port = create("{\"name\":\"metrics-changed\",\"protocol\":\"tcp\",\"port\":0}")
                .at("/status/port")
                .intValue();
        echo(port, 100);
        Scrape before = scrape();
        for (String protocol : List.of("udp", "tcp", "udp")) {
            assertThat(put(path, "{\"name\":\"metrics-changed\",\"protocol\":\"" + protocol + "\",\"port\":0}")
                            .status())
                    .isEqualTo(200);
            Scrape after = scrape();
            for (Scrape.Sample counted : before.samples()) {
                if (counted.name().startsWith("canyon_") && counted.name().endsWith("_total")) {
                    String[] tags = counted.tags().entrySet().stream()
                            .flatMap(tag -> Stream.of(tag.getKey(), tag.getValue()))
                            .toArray(String[]::new);
                    assertThat(after.value(counted.name(), tags))
                            .as("%s", counted)
                            .isGreaterThanOrEqualTo(counted.value());
                }
            }
            assertThat(after.value(
                            "canyon_listener_received_bytes_total", "listener", "metrics-changed", "protocol", "tcp"))
                    .isEqualTo(100);
            assertThat(after.value(
                            "canyon_listener_received_bytes_total", "listener", "metrics-changed", "protocol", "udp"))
                    .isZero();
            assertThat(after.of("canyon_listener_state", "listener", "metrics-changed"))
                    .singleElement()
                    .satisfies(sample -> assertThat(sample.tags()).containsEntry("protocol", protocol));
            before = after;
        }
    }

    @Test
    void totalsAreActuatorMetricsAsWell() throws Exception {
        assertThat(get("/actuator/metrics").at("/names").toString())
                .contains("\"canyon.received.bytes\"", "\"canyon.listeners\"", "\"canyon.loop.lag\"");
        Answer dropped = get("/actuator/metrics/canyon.dropped.datagrams?tag=reason:oversize");
        assertThat(dropped.at("/measurements/0/statistic").stringValue()).isEqualTo("COUNT");
        await().untilAsserted(() -> assertThat(get("/actuator/metrics/canyon.listeners?tag=state:failed")
                        .at("/measurements/0/value")
                        .doubleValue())
                .isEqualTo(1));
    }

    @Test
    void measuresEchoLatencyByProtocol() throws Exception {
        String[] tcp = {"protocol", "tcp"};
        int port = create("{\"name\":\"metrics-timed\",\"protocol\":\"tcp\",\"port\":0}")
                .at("/status/port")
                .intValue();
        Scrape before = scrape();
        try (Socket client = new Socket("127.0.0.1", port)) {
            client.setSoTimeout(10_000);
            // One turn in 64 is sampled: the probability that none of these is sampled is 10^-13.
            for (int i = 0; i < 2_000; i++) {
                client.getOutputStream().write(1);
                assertThat(client.getInputStream().read()).isEqualTo(1);
            }
        }
        await().untilAsserted(() -> {
            Scrape scrape = scrape();
            double count = scrape.value(ECHO + "_count", tcp) - before.value(ECHO + "_count", tcp);
            assertThat(count).isBetween(1.0, 2_000.0);
            assertThat((scrape.value(ECHO + "_sum", tcp) - before.value(ECHO + "_sum", tcp)) / count)
                    .isBetween(1e-7, 10.0);
            assertThat(scrape.of(ECHO + "_bucket", tcp))
                    .hasSize(22)
                    .extracting(Scrape.Sample::value)
                    .isSorted()
                    .endsWith(scrape.value(ECHO + "_count", tcp));
        });
        assertThat(scrape().of(ECHO + "_count", "protocol", "udp")).hasSize(1);
    }

    @Test
    void measuresEveryStoreOperation() throws Exception {
        String[] writes = {"operation", "write", "outcome", "success"};
        double before = scrape().value(STORE + "_count", writes);
        create("{\"name\":\"metrics-kept\",\"protocol\":\"udp\",\"port\":0}");
        assertThat(scrape().value(STORE + "_count", writes)).isEqualTo(before + 1);
        delete("/api/v1/listeners/metrics-kept");
        Scrape scrape = scrape();
        assertThat(scrape.value(STORE + "_count", writes)).isEqualTo(before + 2);
        assertThat(scrape.of(STORE + "_bucket", writes))
                .hasSize(8)
                .extracting(Scrape.Sample::value)
                .isSorted()
                .endsWith(before + 2);
        // A commit takes at least some microseconds and less than a minute: checks the unit.
        assertThat(scrape.value(STORE + "_sum", writes) / (before + 2)).isBetween(1e-6, 60.0);
        assertThat(scrape.value(STORE + "_count", "operation", "load", "outcome", "success"))
                .isPositive();
        assertThat(scrape.value(STORE + "_count", "operation", "write", "outcome", "failure"))
                .isZero();
        assertThat(scrape.value(STORE + "_count", "operation", "load", "outcome", "failure"))
                .isZero();
    }

    @Test
    void noTagNamesARemoteAddress() throws Exception {
        Set<String> tags = scrape().samples().stream()
                .filter(sample -> sample.name().startsWith("canyon_"))
                .flatMap(sample -> sample.tags().keySet().stream())
                .collect(Collectors.toSet());
        assertThat(tags)
                .containsExactlyInAnyOrder(
                        "address", "le", "listener", "operation", "outcome", "port", "protocol", "reason", "state");
        assertThat(scrape().samples())
                .filteredOn(sample -> sample.tags().containsKey("address"))
                .extracting(Scrape.Sample::name)
                .containsOnly("canyon_listener_info");
    }

    @Test
    void theDocumentedTableMatchesTheMetrics() throws Exception {
        create("{\"name\":\"metrics-documented\",\"protocol\":\"tcp\",\"port\":0}");
        post("/api/v1/listeners/metrics-documented/faults", "{\"type\": \"silence\"}");
        Scrape scrape = scrape();
        delete("/api/v1/listeners/metrics-documented");
        Map<String, String> types = new TreeMap<>();
        Map<String, Set<String>> tags = new TreeMap<>();
        for (String line : Files.readAllLines(TABLE)) {
            ROW.matcher(line).results().forEach(row -> {
                types.put(row.group(1), row.group(2));
                tags.put(row.group(1), words(row.group(3)));
            });
        }
        assertThat(types).isEqualTo(scrape.canyonTypes());
        for (String name : types.keySet()) {
            Set<String> found = new HashSet<>();
            String samples = "histogram".equals(types.get(name)) ? name + "_count" : name;
            scrape.of(samples).forEach(sample -> found.addAll(sample.tags().keySet()));
            assertThat(tags.get(name)).as(name).isEqualTo(found);
        }
    }

    private static Set<String> words(String cell) {
        return Pattern.compile("`(\\w+)`")
                .matcher(cell)
                .results()
                .map(word -> word.group(1))
                .collect(Collectors.toSet());
    }

    @Test
    void theGrafanaDashboardUsesExistingMetricsOnly() throws Exception {
        JsonNode dashboard = JsonMapper.shared().readTree(Files.readString(DASHBOARD));
        Set<String> names = scrape().names();
        List<String> queries =
                dashboard.findValues("expr").stream().map(JsonNode::stringValue).collect(Collectors.toList());
        dashboard.at("/templating/list").values().stream()
                .map(variable -> variable.path("query"))
                .map(query -> query.isObject() ? query.path("query") : query)
                .filter(JsonNode::isString)
                .map(JsonNode::stringValue)
                .filter(query -> query.startsWith("label_"))
                .forEach(queries::add);
        assertThat(queries).hasSizeGreaterThan(10);
        for (String query : queries) {
            List<String> asked = Pattern.compile("\\b(?:canyon|jvm|process)_\\w+")
                    .matcher(query.replaceAll("\"[^\"]*\"", ""))
                    .results()
                    .map(MatchResult::group)
                    .toList();
            assertThat(asked).as(query).isNotEmpty().isSubsetOf(names);
        }
    }

    @Test
    void theGrafanaDashboardHasAListenerVariableAndAQueryInEveryPanel() throws Exception {
        JsonNode dashboard = JsonMapper.shared().readTree(Files.readString(DASHBOARD));
        assertThat(dashboard.at("/templating/list").findValuesAsString("name"))
                .contains("listener", "label", "value", "datasource");
        assertThat(dashboard.path("uid").stringValue()).isEqualTo("canyon");
        Set<Integer> ids = new HashSet<>();
        for (JsonNode panel : dashboard.path("panels").values()) {
            assertThat(ids.add(panel.path("id").intValue())).isTrue();
            if (!panel.path("type").stringValue().equals("row")) {
                assertThat(panel.path("targets").size())
                        .as(panel.path("title").stringValue())
                        .isPositive();
            }
        }
    }

    private Scrape scrape() throws Exception {
        return new Scrape(text("/actuator/prometheus"));
    }

    private static void echo(int port, int bytes) throws Exception {
        try (Socket client = new Socket("127.0.0.1", port)) {
            client.setSoTimeout(10_000);
            client.getOutputStream().write(new byte[bytes]);
            assertThat(client.getInputStream().readNBytes(bytes)).hasSize(bytes);
        }
    }
}
