package dev.canyon.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page.GetByLabelOptions;
import com.microsoft.playwright.Page.LocatorOptions;
import com.microsoft.playwright.Request;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Faults in the listener view, in the overview and in the form of a definition. */
class FaultsBrowserTest extends BrowserTest {

    private static final String FAULTS = "/api/v1/listeners/edge/faults";
    private static final String DEFINED =
            "{\"name\": \"edge\", \"protocol\": \"tcp\", \"port\": 0, \"faults\": [{\"id\": \"slow\", \"type\": \"latency\","
                    + " \"delayMs\": 3, \"when\": {\"every\": 2}}]}";

    @AfterEach
    void removeFaults() throws Exception {
        call("DELETE", "/api/v1/faults", "");
    }

    @Test
    void addsEditsAndRemovesAFault() throws Exception {
        createEdge("tcp");
        open("#/listeners/edge");
        assertThat(card("Faults")).containsText("No faults in force");
        button("Add fault").click();
        assertThat(label("Type")).isFocused();
        label("Type").selectOption("latency");
        assertThat(label("Delay (ms)")).hasValue("200");
        label("Delay (ms)").fill("20");
        label("Jitter (ms)").fill("");
        page.getByText("What it is applied to, and when").click();
        label("Id").fill("slow");
        label("Sources").fill("127.0.0.0/8");
        Request added = page.waitForRequest(
                each -> each.method().equals("POST"), () -> button("Add").click());
        assertThat(JsonMapper.shared().readTree(added.postData())).isEqualTo(JsonMapper.shared().readTree("""
                {"type": "latency", "id": "slow", "delayMs": 20, "sources": ["127.0.0.0/8"], "ttlMs": 600000}"""));
        Locator slow = fault("slow");
        assertThat(slow).containsText("temporary");
        assertThat(slow).containsText("Delay 20 ms");
        assertThat(slow).containsText("Direction out");
        assertThat(slow).containsText("Applied 0 times");
        assertThat(slow).containsText(Pattern.compile("Ends in (10 min|9 min \\d+ s)"));
        assertThat(page.locator(".page-header .fault-count")).hasText("1 fault");
        assertThat(card("Events")).containsText("fault slow (latency) in force");
        try (EchoClient first = new EchoClient(portOf("edge"), "Hello karl")) {
            assertThat(slow).containsText("Applied 1 time, last ");
            try (EchoClient second = new EchoClient(portOf("edge"), "Hello karl")) {
                assertThat(slow).containsText("Applied 2 times, last ");
                assertThat(second.hasEnded()).isFalse();
            }
            assertThat(first.hasEnded()).isFalse();

            button("Edit fault slow").click();
            assertThat(label("Type")).hasValue("latency");
            assertThat(label("Delay (ms)")).hasValue("20");
            page.getByText("What it is applied to, and when").click();
            assertThat(label("Id")).isDisabled();
            assertThat(label("Sources")).hasValue("127.0.0.0/8");
            label("Delay (ms)").fill("30");
            label("Probability").fill("0.5");
            label("Lifetime").selectOption("0");
            button("Save").click();
            assertThat(slow).containsText("Delay 30 ms");
            assertThat(slow).containsText("When probability 0.5");
            assertThat(slow).containsText("Until removed");
        }
        button("Remove fault slow").click();
        assertThat(card("Faults")).containsText("No faults in force");
        assertThat(page.locator(".fault-count")).hasCount(0);
        assertThat(page.locator(".toast")).containsText("Removed fault slow of edge");
        assertThat(get(FAULTS).path("items").isEmpty()).isTrue();
    }

    @Test
    void showsErrorsBesideTheField() throws Exception {
        createEdge("tcp");
        assertThat(call("POST", FAULTS, "{\"type\": \"silence\"}").statusCode()).isEqualTo(201);
        open("#/listeners/edge");
        button("Add fault").click();
        label("Type").selectOption("latency");
        label("Delay (ms)").fill("soon");
        page.getByText("What it is applied to, and when").click();
        label("Probability").fill("2");
        button("Add").click();
        assertThat(page.locator("#field-delayMs-error")).containsText("must be an integer from 0 to 600000");
        assertThat(page.locator("#field-when-probability-error")).containsText("from 0 to 1");
        assertThat(label("Delay (ms)")).isFocused();
        label("Delay (ms)").fill("5");
        label("Probability").fill("0.5");
        label("Every").fill("2");
        button("Add").click();
        assertThat(page.locator("dialog .form-error")).containsText("must have exactly one of");
        label("Every").fill("");
        label("Id").fill("silence");
        button("Add").click();
        assertThat(page.locator("#field-id-error")).containsText("silence");
        consoleErrors.ignoreStatus(400);
        consoleErrors.ignoreStatus(409);
    }

    @ParameterizedTest
    @CsvSource({"tcp, slow-mobile-delay", "udp, slow-mobile-loss"})
    void aPresetAddsFaultsThatFitTheProtocol(String protocol, String id) throws Exception {
        createEdge(protocol);
        open("#/listeners/edge");
        label("Lifetime of a preset").selectOption("1 minute");
        button("Slow mobile").click();
        assertThat(fault(id)).containsText(Pattern.compile("Ends in (1 min|\\d+ s)"));
        int faults = get(FAULTS).path("items").size();
        assertThat(page.locator(".toast")).containsText(Pattern.compile("Added slow-mobile-.* to edge"));
        label("Lifetime of a preset").selectOption("1 hour");
        button("Slow mobile").click();
        assertThat(fault(id)).containsText(Pattern.compile("Ends in (1 h|59 min)"));
        assertThat(card("Faults").locator(".faults > li")).hasCount(faults);

        for (String preset : new String[] {"Lossy Wi-Fi", "Flapping link", "Server hangs", "Satellite"}) {
            int before = card("Faults").locator(".faults > li").count();
            button(preset).click();
            assertThat(card("Faults").locator(".faults > li").nth(before)).isVisible();
            assertThat(button(preset)).hasAttribute("aria-disabled", "false");
        }
        button("Remove all").click();
        assertThat(card("Faults")).containsText("No faults in force");
    }

    @Test
    void theOverviewCountsFaults() throws Exception {
        createEdge("tcp");
        openOverview();
        assertThat(row("edge")).isVisible();
        assertThat(page.locator(".fault-count")).hasCount(0);
        call("POST", FAULTS, "{\"type\": \"silence\", \"when\": {\"first\": 1}}");
        call("POST", FAULTS, "{\"type\": \"latency\", \"delayMs\": 1}");
        assertThat(row("edge").locator(".fault-count")).hasText("2 faults");
        assertThat(page.locator(".fault-count")).hasCount(1);
        call("DELETE", FAULTS + "/silence", "");
        assertThat(row("edge").locator(".fault-count")).hasText("1 fault");
    }

    @Test
    void faultsOfTheDefinitionAreChangedInItsForm() throws Exception {
        create(DEFINED);
        JsonNode before = get("/api/v1/listeners/edge").path("faults");
        open("#/listeners/edge");
        assertThat(fault("slow")).containsText("definition");
        assertThat(fault("slow").getByRole(AriaRole.BUTTON)).hasCount(0);
        assertThat(card("Faults")).containsText("Faults of the definition are changed with “Edit”");

        button("Edit").click();
        page.locator("dialog").getByLabel("Description").fill("Slow on purpose");
        button("Save").click();
        assertThat(page.locator(".listener-summary")).containsText("Slow on purpose");
        assertThat(get("/api/v1/listeners/edge").path("faults")).isEqualTo(before);

        button("Edit").click();
        page.locator("dialog summary").click();
        Locator faults = label("Faults").and(page.locator("textarea"));
        assertThat(faults).hasValue(Pattern.compile("\"delayMs\": 3"));
        faults.fill("[{\"type\": \"latency\"}]");
        button("Save").click();
        assertThat(page.locator("#field-faults-error")).containsText("delayMs is required");
        faults.fill("nothing");
        button("Save").click();
        assertThat(page.locator("#field-faults-error")).containsText("must be a list");
        consoleErrors.ignoreStatus(400);
        faults.fill("[{\"id\": \"mute\", \"type\": \"silence\"}]");
        button("Save").click();
        assertThat(fault("mute")).containsText("silence");
        assertThat(fault("slow")).hasCount(0);

        button("Edit").click();
        page.locator("dialog summary").click();
        faults.fill("");
        button("Save").click();
        assertThat(card("Faults")).containsText("No faults in force");
    }

    @ParameterizedTest
    @CsvSource({"375, LIGHT", "375, DARK", "1440, LIGHT", "1440, DARK"})
    void isAccessible(int width, ColorScheme scheme) throws Exception {
        Viewport viewport = reopen(width, scheme);
        create(DEFINED);
        open("#/listeners/edge");
        button("Satellite").click();
        assertThat(fault("satellite-delay")).isVisible();
        viewport.check(page, "faults");
        button("Add fault").click();
        label("Type").selectOption("corrupt");
        page.getByText("What it is applied to, and when").click();
        label("Probability").fill("2");
        button("Add").click();
        assertThat(page.locator("#field-when-probability-error")).containsText("from 0 to 1");
        consoleErrors.ignoreStatus(400);
        viewport.check(page, "new-fault");
        button("Cancel").click();
        openOverview();
        assertThat(row("edge").locator(".fault-count")).hasText("3 faults");
        viewport.check(page, "overview-faults");
    }

    private void createEdge(String protocol) throws Exception {
        create("{\"name\": \"edge\", \"protocol\": \"" + protocol + "\", \"port\": 0}");
    }

    private Locator label(String label) {
        return page.getByLabel(label, new GetByLabelOptions().setExact(true));
    }

    private Locator fault(String id) {
        return card("Faults")
                .locator(".faults > li")
                .filter(new Locator.FilterOptions().setHas(page.locator("strong", new LocatorOptions()
                        .setHasText(Pattern.compile("^" + id + "$")))));
    }
}
