package dev.canyon.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator.CheckOptions;
import com.microsoft.playwright.Page.GetByLabelOptions;
import com.microsoft.playwright.Page.GetByRoleOptions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each view, narrow and wide, light and dark: kept as a picture, and without what shuts people out. */
class LooksBrowserTest extends BrowserTest {

    @ParameterizedTest
    @CsvSource({"375, LIGHT", "375, DARK", "1440, LIGHT", "1440, DARK"})
    void isThereForEverybody(int width, ColorScheme scheme) throws Exception {
        Looks looks = reopen(width, scheme);

        openOverview();
        looks.keep(page, "first-visit");

        create("{\"name\": \"edge-tcp\", \"protocol\": \"tcp\", \"port\": 0, \"description\": \"Towards the edge\","
                + " \"labels\": {\"team\": \"net\", \"site\": \"lab\"}}");
        create("{\"name\": \"" + "long-".repeat(12) + "end\", \"protocol\": \"tcp\", \"port\": 0, \"enabled\": false}");
        create("{\"name\": \"spare\", \"protocol\": \"udp\", \"port\": 0, \"enabled\": false}");
        try (Client client = new Client(portOf("edge-tcp"), "Hello karl")) {
            assertThat(row("spare")).containsText("stopped");
            page.getByLabel("Select spare").check();
            page.waitForTimeout(2500);
            looks.keep(page, "overview");
            page.getByLabel("Select spare").uncheck();

            button("New listener").click();
            page.getByLabel("Port", new GetByLabelOptions().setExact(true))
                    .fill("70000");
            button("Create").click();
            assertThat(page.locator("#field-port-fault")).containsText("65535");
            complaints.forgive(400);
            looks.keep(page, "new-listener");
            button("Cancel").click();

            open("#/listeners/edge-tcp");
            card("Capture").getByText("Start capture").click();
            card("Capture").locator(".message-head").first().click();
            page.waitForTimeout(2500);
            looks.keep(page, "listener");
            assertThat(client.hasEnded()).isFalse();
        }

        open("#/?text=nothing-like-this");
        assertThat(heading("No listener fits")).isVisible();
        looks.keep(page, "no-match");
        page.context().setOffline(true);
        assertThat(page.getByText("Canyon does not answer.")).isVisible();
        looks.keep(page, "disconnected");
        page.context().setOffline(false);
        assertThat(page.getByText("Canyon does not answer.")).hasCount(0);
        complaints.forgiveLostConnections();
    }

    @ParameterizedTest
    @CsvSource({"375, LIGHT", "375, DARK", "1440, LIGHT", "1440, DARK"})
    void testsAndMeasuresForEverybody(int width, ColorScheme scheme) throws Exception {
        Looks looks = reopen(width, scheme);
        open("#/message?listener=echo-tcp");
        assertThat(page.getByText("echo-tcp · tcp")).hasCount(1);
        looks.keep(page, "no-message");
        page.locator("[name=expecting]").nth(1).check(new CheckOptions().setForce(true));
        page.getByLabel("Exactly this text").fill("Howdy");
        page.getByText("Timeouts, repeats and more").click();
        page.getByLabel("Times to send it").fill("2");
        button("Send").click();
        assertThat(card("Outcome")).containsText("mismatch");
        looks.keep(page, "message");

        for (String more : new String[] {"", ", \"thresholds\": {\"p99Micros\": 0.001}"}) {
            String run = "{\"target\": {\"listener\": \"echo-tcp\"}, \"durationMs\": 1500" + more + "}";
            assertThat(call("POST", "/api/v1/runs?waitMs=30000", run).statusCode())
                    .isEqualTo(200);
        }
        open("#/runs");
        assertThat(page.getByRole(AriaRole.CHECKBOX).first()).isVisible();
        page.getByRole(AriaRole.CHECKBOX).first().check();
        page.getByRole(AriaRole.CHECKBOX).nth(1).check();
        looks.keep(page, "runs");
        page.getByRole(AriaRole.LINK, new GetByRoleOptions().setName("Compare")).click();
        assertThat(heading("Latency distributions")).isVisible();
        looks.keep(page, "compare-runs");
        open("#/runs/latest");
        assertThat(heading("Latency distribution")).isVisible();
        looks.keep(page, "run");
        open("#/runs/new?listener=echo-tcp");
        page.getByLabel("Connections").fill("0");
        button("Start").click();
        assertThat(page.locator("#field-connections-fault")).containsText("1");
        complaints.forgive(400);
        looks.keep(page, "new-run");
    }

    @Test
    void nothingMovesWhileItLoads() {
        page.addInitScript("window.shift = 0; new PerformanceObserver(list => { for (const entry of list.getEntries())"
                + " if (!entry.hadRecentInput) window.shift += entry.value; }).observe({ type: 'layout-shift', buffered: true })");
        open("");
        assertThat(row("echo-tcp")).isVisible();
        page.waitForTimeout(1500);
        assertThat(((Number) page.evaluate("window.shift")).doubleValue()).isLessThan(0.1);
    }
}
