package dev.canyon.api.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.canyon.api.ApiTest;
import java.io.ByteArrayInputStream;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import tools.jackson.databind.JsonNode;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class RunExportTest extends ApiTest {

    private static final String RUNS = "/api/v1/runs";

    @BeforeEach
    void createListener() throws Exception {
        create("{\"name\":\"r\",\"protocol\":\"tcp\",\"port\":0,\"drainTimeoutMs\":500}");
    }

    @AfterEach
    void deleteRuns() throws Exception {
        for (JsonNode run : get(RUNS).at("/items")) {
            delete(RUNS + "/" + run.get("id").stringValue());
        }
    }

    @Test
    void theCsvHasEveryValueOfTheJsonByItsPath() throws Exception {
        Answer run = run("r", "\"messages\":100");
        Answer csv = get(path(run) + "/result.csv");
        assertThat(csv.status()).isEqualTo(200);
        assertThat(csv.header("Content-Type")).isEqualTo("text/csv;charset=UTF-8");
        assertThat(csv.header("Content-Disposition"))
                .isEqualTo("attachment; filename=\"run-" + run.at("/id").stringValue() + ".csv\"");
        String text = csv.response().body();
        assertThat(text).endsWith("\r\n");
        List<String[]> rows = text.lines().map(line -> line.split(",", -1)).toList();
        assertThat(rows).allSatisfy(row -> assertThat(row).hasSize(3));
        assertThat(rows.get(0)).containsExactly("metric", "atMs", "value");
        Map<String, String> figures = new LinkedHashMap<>();
        rows.stream().filter(row -> row[1].isEmpty()).forEach(row -> figures.put(row[0], row[2]));
        assertThat(figures)
                .containsEntry("state", "completed")
                .containsEntry("verdict", "pass")
                .containsEntry("request.target.listener", "r")
                .containsEntry("request.ratePerSecond", "")
                .containsEntry("result.sent", "100")
                .containsEntry("result.lost", "0");
        figures.forEach((path, value) ->
                assertThat(value).as(path).isEqualTo(plain(run.at("/" + path.replace('.', '/')))));
        JsonNode series = run.at("/result/series");
        assertThat(rows.stream().filter(row -> row[0].equals("result.series.messages")))
                .hasSize(series.size())
                .allSatisfy(
                        row -> assertThat(row[1]).isEqualTo(series.at("/0/atMs").asString()))
                .allSatisfy(row -> assertThat(row[2]).isEqualTo("100"));
    }

    private static String plain(JsonNode value) {
        if (value.isNull()) {
            return "";
        }
        return value.isNumber()
                ? new BigDecimal(value.toString()).stripTrailingZeros().toPlainString()
                : value.asString();
    }

    @Test
    void theReportOfAPassedRunHasACaseForEachThreshold() throws Exception {
        Answer run = run("r", "\"messages\":50,\"thresholds\":{\"p99Micros\":60000000,\"messagesPerSecond\":0.001}");
        Answer xml = get(path(run) + "/result.xml");
        assertThat(xml.status()).isEqualTo(200);
        assertThat(xml.header("Content-Type")).isEqualTo("application/xml");
        assertThat(xml.header("Content-Disposition")).endsWith(".xml\"");
        Element suite = suite(run);
        assertThat(suite.getAttribute("name")).isEqualTo("canyon.run.r");
        assertThat(suite.getAttribute("timestamp")).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d");
        assertThat(Double.parseDouble(suite.getAttribute("time"))).isPositive();
        assertCounts(suite, 5, 0, 0, 0);
        assertThat(cases(suite))
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "errors", "", "corrupted", "", "lossRatio", "", "p99Micros", "", "messagesPerSecond", ""));
        Map<String, String> properties = new TreeMap<>();
        for (Element property : elements(suite, "property")) {
            properties.put(property.getAttribute("name"), property.getAttribute("value"));
        }
        assertThat(properties)
                .containsEntry("id", run.at("/id").stringValue())
                .containsEntry("result.received", "50")
                .containsEntry("result.latency.p99Micros", plain(run.at("/result/latency/p99Micros")))
                .containsEntry("request.thresholds.p99Micros", "60000000");
    }

    @Test
    void aMissedThresholdIsAFailureWithMeasuredAndExpectedValues() throws Exception {
        Answer run = run("r", "\"messages\":50,\"thresholds\":{\"p99Micros\":0.1,\"maxMicros\":60000000}");
        Element suite = suite(run);
        assertCounts(suite, 5, 1, 0, 0);
        assertThat(cases(suite)).containsEntry("maxMicros", "").containsEntry("p99Micros", "failure");
        Element failure = elements(suite, "failure").get(0);
        String p99 = plain(run.at("/result/latency/p99Micros"));
        assertThat(failure.getAttribute("message")).isEqualTo("p99Micros is " + p99 + " (expected: at most 0.1)");
        assertThat(failure.getTextContent()).isEqualTo(failure.getAttribute("message"));
    }

    @Test
    void withoutResponseEveryCaseIsAnError() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getByName("127.0.0.8"))) {
            Answer run = post(
                    RUNS + "?waitMs=10000",
                    "{\"target\":{\"protocol\":\"tcp\",\"host\":\"127.0.0.8\",\"port\":" + silent.getLocalPort()
                            + "},\"connections\":1,\"messages\":1,\"timeoutMs\":50,\"thresholds\":{\"p50Micros\":1}}");
            Element suite = suite(run);
            assertThat(suite.getAttribute("name")).isEqualTo("canyon.run.tcp-127_0_0_8-" + silent.getLocalPort());
            assertCounts(suite, 4, 0, 4, 0);
            assertThat(elements(suite, "error"))
                    .allSatisfy(
                            error -> assertThat(error.getAttribute("message")).isEqualTo("no response"));
        }
    }

    @Test
    void casesOfRunningAndCancelledRunsAreSkipped() throws Exception {
        Answer run = post(RUNS, "{\"target\":{\"listener\":\"r\"},\"ratePerSecond\":50,\"durationMs\":60000}");
        Element suite = suite(run);
        assertCounts(suite, 3, 0, 0, 3);
        assertThat(elements(suite, "skipped").get(0).getAttribute("message")).isEqualTo("the run is still running");
        assertThat(get(path(run) + "/result.csv").response().body()).contains("state,,running\r\n", "verdict,,\r\n");
        post(path(run) + "/cancel");
        assertCounts(suite(run), 3, 0, 0, 3);
        assertThat(elements(suite(run), "skipped").get(0).getAttribute("message"))
                .isEqualTo("cancelled");
    }

    @Test
    void anExportHasOneMediaTypeOnly() throws Exception {
        Answer run = run("r", "\"messages\":1");
        Answer refused = send(request(path(run) + "/result.csv").header("Accept", "application/json"));
        assertThat(refused.status()).isEqualTo(406);
        assertThat(refused.code()).isEqualTo("not-acceptable");
        assertThat(get(path(run) + "/result.xml?x=1").fields()).containsExactly("x");
    }

    private Answer run(String listener, String fields) throws Exception {
        return post(RUNS + "?waitMs=10000", "{\"target\":{\"listener\":\"" + listener + "\"}," + fields + "}");
    }

    private static String path(Answer run) {
        return RUNS + "/" + run.at("/id").stringValue();
    }

    private Element suite(Answer run) throws Exception {
        String xml = get(path(run) + "/result.xml").response().body();
        Element root = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)))
                .getDocumentElement();
        assertThat(root.getTagName()).isEqualTo("testsuites");
        List<Element> suites = elements(root, "testsuite");
        assertThat(suites).hasSize(1);
        return suites.get(0);
    }

    private static void assertCounts(Element suite, int tests, int failures, int errors, int skipped) {
        assertThat(elements(suite, "testcase")).hasSize(tests);
        Map<String, Integer> counts =
                Map.of("tests", tests, "failures", failures, "errors", errors, "skipped", skipped);
        counts.forEach(
                (name, count) -> assertThat(suite.getAttribute(name)).as(name).isEqualTo(String.valueOf(count)));
        assertThat(elements(suite, "failure")).hasSize(failures);
        assertThat(elements(suite, "error")).hasSize(errors);
        assertThat(elements(suite, "skipped")).hasSize(skipped);
    }

    /** Returns the result element of each case by name; empty if it passed. */
    private static Map<String, String> cases(Element suite) {
        Map<String, String> cases = new TreeMap<>();
        for (Element each : elements(suite, "testcase")) {
            List<Element> marks = elements(each, "*");
            cases.put(
                    each.getAttribute("name"),
                    marks.isEmpty() ? "" : marks.get(0).getTagName());
            assertThat(each.getAttribute("classname")).isEqualTo(suite.getAttribute("name"));
        }
        return cases;
    }

    private static List<Element> elements(Element of, String name) {
        NodeList found = of.getElementsByTagName(name);
        return IntStream.range(0, found.getLength())
                .mapToObj(i -> (Element) found.item(i))
                .toList();
    }
}
