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

/** Checks the accessibility of each view, narrow and wide, light and dark, and takes screenshots. */
class AccessibilityBrowserTest extends BrowserTest {

    @ParameterizedTest
    @CsvSource({"375, LIGHT", "375, DARK", "1440, LIGHT", "1440, DARK"})
    void overviewAndListenerAreAccessible(int width, ColorScheme scheme) throws Exception {
        Viewport viewport = reopen(width, scheme);

        openOverview();
        viewport.check(page, "first-visit");

        create("{\"name\": \"edge-tcp\", \"protocol\": \"tcp\", \"port\": 0, \"description\": \"Towards the edge\","
                + " \"labels\": {\"team\": \"net\", \"site\": \"lab\"}}");
        create("{\"name\": \"" + "long-".repeat(12) + "end\", \"protocol\": \"tcp\", \"port\": 0, \"enabled\": false}");
        create("{\"name\": \"spare\", \"protocol\": \"udp\", \"port\": 0, \"enabled\": false}");
        try (EchoClient client = new EchoClient(portOf("edge-tcp"), "Hello karl")) {
            assertThat(row("spare")).containsText("stopped");
            page.getByLabel("Select spare").check();
            page.waitForTimeout(2500);
            viewport.check(page, "overview");
            page.getByLabel("Select spare").uncheck();

            button("New listener").click();
            page.getByLabel("Port", new GetByLabelOptions().setExact(true))
                    .fill("70000");
            button("Create").click();
            assertThat(page.locator("#field-port-error")).containsText("from 0 to 65535");
            consoleErrors.ignoreStatus(400);
            viewport.check(page, "new-listener");
            page.getByText("Advanced settings").click();
            page.getByLabel("Drain timeout (ms)").scrollIntoViewIfNeeded();
            viewport.check(page, "new-listener-advanced");
            button("Cancel").click();

            open("#/listeners/edge-tcp");
            card("Capture").getByText("Start capture").click();
            card("Capture").locator(".message-head").first().click();
            page.waitForTimeout(2500);
            viewport.check(page, "listener");
            assertThat(client.hasEnded()).isFalse();
        }

        open("#/?text=nothing-like-this");
        assertThat(heading("No matching listeners")).isVisible();
        viewport.check(page, "no-match");
        page.context().setOffline(true);
        assertThat(page.getByText("Canyon is not responding.")).isVisible();
        viewport.check(page, "disconnected");
        page.context().setOffline(false);
        assertThat(page.getByText("Canyon is not responding.")).hasCount(0);
        consoleErrors.ignoreNetworkErrors();
    }

    @ParameterizedTest
    @CsvSource({"375, LIGHT", "375, DARK", "1440, LIGHT", "1440, DARK"})
    void messagesAndRunsAreAccessible(int width, ColorScheme scheme) throws Exception {
        Viewport viewport = reopen(width, scheme);
        open("#/message?listener=echo-tcp");
        assertThat(page.getByText("echo-tcp · tcp")).hasCount(1);
        viewport.check(page, "no-message");
        page.locator("[name=expecting]").nth(1).check(new CheckOptions().setForce(true));
        page.getByLabel("Exact text").fill("Howdy");
        page.getByText("Advanced settings").click();
        page.getByLabel("Repetitions").fill("2");
        button("Send").click();
        assertThat(card("Outcome")).containsText("mismatch");
        viewport.check(page, "message");

        for (String more : new String[] {"", ", \"thresholds\": {\"p99Micros\": 0.001}"}) {
            String run = "{\"target\": {\"listener\": \"echo-tcp\"}, \"durationMs\": 1500" + more + "}";
            assertThat(call("POST", "/api/v1/runs?waitMs=30000", run).statusCode())
                    .isEqualTo(200);
        }
        open("#/runs");
        assertThat(page.getByRole(AriaRole.CHECKBOX).first()).isVisible();
        page.getByRole(AriaRole.CHECKBOX).first().check();
        page.getByRole(AriaRole.CHECKBOX).nth(1).check();
        viewport.check(page, "runs");
        page.getByRole(AriaRole.LINK, new GetByRoleOptions().setName("Compare")).click();
        assertThat(heading("Latency distributions")).isVisible();
        viewport.check(page, "compare-runs");
        open("#/runs/latest");
        assertThat(heading("Latency distribution")).isVisible();
        viewport.check(page, "run");
        open("#/runs/new?listener=echo-tcp");
        page.getByLabel("Connections").fill("0");
        button("Start").click();
        assertThat(page.locator("#field-connections-error")).containsText("1");
        consoleErrors.ignoreStatus(400);
        viewport.check(page, "new-run");
    }

    @Test
    void layoutDoesNotShiftWhileLoading() {
        page.addInitScript("window.shift = 0; new PerformanceObserver(list => { for (const entry of list.getEntries())"
                + " if (!entry.hadRecentInput) window.shift += entry.value; }).observe({ type: 'layout-shift', buffered: true })");
        open("");
        assertThat(row("echo-tcp")).isVisible();
        page.waitForTimeout(1500);
        assertThat(((Number) page.evaluate("window.shift")).doubleValue()).isLessThan(0.1);
    }
}
