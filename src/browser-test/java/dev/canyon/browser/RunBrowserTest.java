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

/** Measured runs: started, watched, cancelled, compared. */
class RunBrowserTest extends BrowserTest {

    private static final int LONG_MS = 15_000;

    @AfterEach
    void forgetTheRuns() throws Exception {
        for (JsonNode run : get("/api/v1/runs?limit=1000").path("items")) {
            call("DELETE", "/api/v1/runs/" + run.path("id").asString(), "");
        }
    }

    @Test
    void showsARunToItsEnd() {
        openForm();
        field("Duration (ms)").fill("2500");
        field("Messages a second").fill("500");
        field("Warm-up before (ms)").fill("300");
        field("p99 at most (µs)").fill("60000000");
        button("Start").click();
        assertThat(page.locator("progress")).isVisible();
        assertThat(card("Answers a second").locator(".u-legend")).containsText(Pattern.compile("Answers[1-9][0-9.]*( k)?/s"));
        assertThat(heading("Latency distribution")).isVisible(new IsVisibleOptions().setTimeout(LONG_MS));
        assertThat(page.getByText("Passed: everything that was asked for was kept.")).isVisible();
        assertThat(card("Latency distribution").locator("canvas")).isVisible();
        assertThat(figure("Latency distribution", "p99")).containsText("60,000,000");
        assertThat(figure("Counters", "Lost")).containsText("0");
        assertThat(link("CSV")).hasAttribute("href", Pattern.compile("api/v1/runs/[^/]+/result\\.csv"));
        assertThat(link("JUnit")).hasAttribute("href", Pattern.compile("api/v1/runs/[^/]+/result\\.xml"));
        assertThat(link("JSON")).hasAttribute("href", Pattern.compile("api/v1/runs/[^/]+"));
        link("Run again").click();
        assertThat(field("Messages a second")).hasValue("500");
        assertThat(field("p99 at most (µs)")).hasValue("60000000");
    }

    @Test
    void endsARunEarly() {
        openForm();
        field("Duration (ms)").fill("60000");
        field("Messages a second").fill("100");
        button("Start").click();
        assertThat(page.locator("progress")).isVisible();
        button("Cancel").click();
        assertThat(page.getByText("Inconclusive, since it was ended early.")).isVisible();
        // The stream of its progress ends with it, which is no loss of contact.
        page.waitForTimeout(2500);
        assertThat(page.getByText("Canyon does not answer.")).hasCount(0);
        button("Delete").click();
        page.getByRole(AriaRole.DIALOG).getByText("Delete", new Locator.GetByTextOptions().setExact(true)).click();
        assertThat(heading("No run yet")).isVisible();
    }

    @Test
    void saysWhyARunFailed() throws Exception {
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
        Locator choices = page.getByRole(AriaRole.CHECKBOX);
        assertThat(choices).hasCount(2);
        choices.first().check();
        choices.last().check();
        link("Compare").click();
        assertThat(card("Run A")).containsText("echo-tcp");
        assertThat(card("Run B")).containsText("echo-udp");
        assertThat(figure("Figures", "Received")).containsText(Pattern.compile("1,000\\s*500\\s*0.50"));
        assertThat(card("Latency distributions").locator("canvas")).isVisible();
        assertThat(card("Latency distributions").locator(".u-series")).hasCount(3);
    }

    @Test
    void saysBesideTheFieldWhatIsWrong() {
        openForm();
        field("Connections").fill("0");
        field("Lost at most (0 to 1)").fill("2");
        field("Message size (bytes)").fill("many");
        button("Start").click();
        assertThat(page.locator("#field-connections-fault")).containsText("1");
        assertThat(page.locator("#field-thresholds-lossRatio-fault")).containsText("less than or equal to 1");
        assertThat(page.locator("#field-messageBytes-fault")).containsText("many");
        assertThat(field("Connections")).isFocused();
        complaints.forgive(400);
    }

    @Test
    void saysWhenThereIsNone() {
        open("#/runs");
        assertThat(heading("No run yet")).isVisible();
        open("#/runs/20200101T000000000-0000");
        assertThat(heading("No such run")).isVisible();
        complaints.forgive(404);
    }

    @Test
    void readsPercentilesFromAHistogram() {
        open("#/runs");
        // 100 values: 50 up to 10, 49 up to 20, one up to 30.
        assertThat(page.evaluate("""
                        () => import('/app/views/run/percentiles.js').then(({ latencyAt, percentText, reach }) => {
                            const histogram = [[10, 50], [20, 49], [30, 1]].map(([upToMicros, count]) => ({ upToMicros, count }));
                            const at = latencyAt(histogram, [0, Math.log10(2), 0.31, 1, 2, 2.1]);
                            return [...at, reach(histogram), percentText(1), percentText(3), percentText(Math.log10(2))].join();
                        })"""))
                .isEqualTo("10,10,20,20,20,,2,90 %,99.9 %,50 %");
    }

    private void openForm() {
        open("#/runs/new?listener=echo-tcp");
        assertThat(listener()).hasValue("echo-tcp");
    }

    /** Starts one and waits for its end. */
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

    /** A row of the table in a card. */
    private Locator figure(String card, String name) {
        Locator.GetByRoleOptions exactly = new Locator.GetByRoleOptions().setName(name).setExact(true);
        return card(card).getByRole(AriaRole.CELL, exactly).locator("xpath=..");
    }
}
