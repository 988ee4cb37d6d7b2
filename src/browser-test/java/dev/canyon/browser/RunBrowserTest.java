package dev.canyon.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page.GetByRoleOptions;
import com.microsoft.playwright.assertions.LocatorAssertions.IsVisibleOptions;
import com.microsoft.playwright.options.AriaRole;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Measured runs: start, progress, cancellation, comparison. */
class RunBrowserTest extends BrowserTest {

    private static final int LONG_MS = 15_000;

    @AfterEach
    void deleteRuns() throws Exception {
        for (JsonNode run : get("/api/v1/runs?limit=1000").path("items")) {
            call("DELETE", "/api/v1/runs/" + run.path("id").asString(), "");
        }
    }

    @Test
    void showsARunUntilItCompletes() {
        openForm();
        field("Duration (ms)").fill("2500");
        field("Rate (messages/s)").fill("500");
        field("Warm-up (ms)").fill("300");
        field("Maximum p99 (µs)").fill("60000000");
        button("Start").click();
        assertThat(page.locator("progress")).isVisible();
        assertThat(card("Responses/s").locator(".u-legend")).containsText(Pattern.compile("Responses[1-9][0-9.]*( k)?/s"));
        assertThat(heading("Latency distribution")).isVisible(new IsVisibleOptions().setTimeout(LONG_MS));
        assertThat(page.getByText("Passed: all thresholds met.")).isVisible();
        assertThat(card("Latency distribution").locator("canvas")).isVisible();
        assertThat(card("Latency distribution").locator(".u-legend"))
                .containsText(Pattern.compile("Latency[1-9][0-9.]* (µs|ms|s)"));
        assertThat(figure("Latency distribution", "p99")).containsText("60,000,000");
        assertThat(figure("Counters", "Lost")).containsText("0");
        assertThat(link("CSV")).hasAttribute("href", Pattern.compile("api/v1/runs/[^/]+/result\\.csv"));
        assertThat(link("JUnit")).hasAttribute("href", Pattern.compile("api/v1/runs/[^/]+/result\\.xml"));
        assertThat(link("JSON")).hasAttribute("href", Pattern.compile("api/v1/runs/[^/]+"));
        link("Run again").click();
        assertThat(field("Rate (messages/s)")).hasValue("500");
        assertThat(field("Maximum p99 (µs)")).hasValue("60000000");
    }

    @Test
    void cancelsARun() {
        openForm();
        field("Duration (ms)").fill("60000");
        field("Rate (messages/s)").fill("100");
        button("Start").click();
        assertThat(page.locator("progress")).isVisible();
        button("Cancel").click();
        assertThat(page.getByText("Inconclusive: the run was cancelled.")).isVisible();
        // The progress stream ends with the run, which must not be reported as a lost connection.
        page.waitForTimeout(2500);
        assertThat(page.getByText("Canyon is not responding.")).hasCount(0);
        button("Delete").click();
        page.getByRole(AriaRole.DIALOG).getByText("Delete", new Locator.GetByTextOptions().setExact(true)).click();
        assertThat(heading("No runs yet")).isVisible();
    }

    @Test
    void noLongerShowsARunThatWasDeletedElsewhere() throws Exception {
        start("{\"target\": {\"listener\": \"echo-tcp\"}, \"messages\": 100}");
        open("#/runs/" + get("/api/v1/runs/latest").path("id").asString());
        assertThat(heading("Latency distribution")).isVisible();
        deleteRuns();
        assertThat(heading("Run not found")).isVisible(new IsVisibleOptions().setTimeout(LONG_MS));

        openForm();
        field("Duration (ms)").fill("60000");
        field("Rate (messages/s)").fill("100");
        button("Start").click();
        assertThat(page.locator("progress")).isVisible();
        deleteRuns();
        assertThat(heading("Run not found")).isVisible(new IsVisibleOptions().setTimeout(LONG_MS));
        consoleErrors.ignoreStatus(404);
    }

    @Test
    void showsWhyARunFailed() throws Exception {
        start("{\"target\": {\"listener\": \"echo-tcp\"}, \"messages\": 100, \"thresholds\": {\"p50Micros\": 0.001}}");
        open("#/runs/latest");
        assertThat(page.getByText("Failed:")).isVisible();
        assertThat(page.getByText(Pattern.compile("p50Micros is [0-9.]+ \\(expected: at most 0.001\\)"))).isVisible();
    }

    @Test
    void comparesTwoRuns() throws Exception {
        start("{\"target\": {\"listener\": \"echo-tcp\"}, \"messages\": 1000}");
        start("{\"target\": {\"listener\": \"echo-udp\"}, \"messages\": 500}");
        open("#/runs");
        Locator checkboxes = page.getByRole(AriaRole.CHECKBOX);
        assertThat(checkboxes).hasCount(2);
        checkboxes.first().check();
        checkboxes.last().check();
        link("Compare").click();
        assertThat(card("Run A")).containsText("echo-tcp");
        assertThat(card("Run B")).containsText("echo-udp");
        assertThat(figure("Results", "Received")).containsText(Pattern.compile("1,000\\s*500\\s*0.50"));
        assertThat(card("Latency distributions").locator("canvas")).isVisible();
        assertThat(card("Latency distributions").locator(".u-series")).hasCount(3);
    }

    @Test
    void showsValidationErrorsNextToTheFields() {
        openForm();
        field("Connections").fill("0");
        field("Maximum loss ratio (0 to 1)").fill("2");
        field("Message size (bytes)").fill("many");
        button("Start").click();
        assertThat(page.locator("#field-connections-error")).containsText("1");
        assertThat(page.locator("#field-thresholds-lossRatio-error")).containsText("less than or equal to 1");
        assertThat(page.locator("#field-messageBytes-error")).containsText("many");
        assertThat(field("Connections")).isFocused();
        consoleErrors.ignoreStatus(400);
    }

    @Test
    void showsThatThereAreNoRuns() {
        open("#/runs");
        assertThat(heading("No runs yet")).isVisible();
        open("#/runs/20200101T000000000-0000");
        assertThat(heading("Run not found")).isVisible();
        consoleErrors.ignoreStatus(404);
    }

    @Test
    void computesPercentilesFromAHistogram() {
        open("#/runs");
        // 100 values: 50 up to 10, 49 up to 20, one up to 30.
        assertThat(page.evaluate("""
                        () => import('/app/views/run/percentiles.js').then(({ axisLength, latencyAt, percentText }) => {
                            const histogram = [[10, 50], [20, 49], [30, 1]].map(([upToMicros, count]) => ({ upToMicros, count }));
                            const at = latencyAt(histogram, [0, Math.log10(2), 0.31, 1, 2, 2.1]);
                            return [...at, axisLength(histogram), percentText(1), percentText(3), percentText(Math.log10(2))].join();
                        })"""))
                .isEqualTo("10,10,20,20,20,,2,90 %,99.9 %,50 %");
    }

    private void openForm() {
        open("#/runs/new?listener=echo-tcp");
        assertThat(listener()).hasValue("echo-tcp");
    }

    /** Starts a run and waits until it completes. */
    private void start(String json) throws Exception {
        assertThat(call("POST", "/api/v1/runs?waitMs=30000", json).statusCode()).isEqualTo(200);
    }

    private Locator listener() {
        return page.getByRole(AriaRole.COMBOBOX, new GetByRoleOptions().setName("Listener").setExact(true));
    }

    private Locator field(String label) {
        return page.getByRole(AriaRole.TEXTBOX, new GetByRoleOptions().setName(label).setExact(true));
    }

    private Locator link(String name) {
        return page.getByRole(AriaRole.LINK, new GetByRoleOptions().setName(name).setExact(true));
    }

    /** The row of a table in a card. */
    private Locator figure(String card, String name) {
        Locator.GetByRoleOptions exactly = new Locator.GetByRoleOptions().setName(name).setExact(true);
        return card(card).getByRole(AriaRole.CELL, exactly).locator("xpath=..");
    }
}
