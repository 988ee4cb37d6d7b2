package dev.canyon.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The overview: list, filter, actions and the listener editor. */
class OverviewBrowserTest extends BrowserTest {

    @Test
    void createsEditsStopsStartsAndDeletes() throws Exception {
        openOverview();
        button("New listener").click();
        assertThat(page.getByLabel("Name", exact())).isFocused();
        page.getByLabel("Name", exact()).fill("edge-tcp");
        page.getByLabel("Port", exact()).fill("0");
        page.getByLabel("Labels").fill("team=net");
        button("Create").click();
        assertThat(row("edge-tcp")).containsText("running");
        assertThat(row("edge-tcp")).containsText("team=net");

        button("More actions for edge-tcp").click();
        page.getByText("Edit…").click();
        assertThat(page.getByLabel("Name", exact())).hasValue("edge-tcp");
        page.getByLabel("Description", exact()).fill("Towards the edge");
        page.getByText("Advanced settings").click();
        page.getByLabel("Maximum connections", exact()).fill("7");
        button("Save").click();
        assertThat(row("edge-tcp")).containsText("Towards the edge");
        assertThat(get("/api/v1/listeners/edge-tcp").at("/tcp/maxConnections").asInt())
                .isEqualTo(7);

        button("Stop edge-tcp").click();
        assertThat(row("edge-tcp")).containsText("stopped");
        button("Start edge-tcp").click();
        assertThat(row("edge-tcp")).containsText("running");

        button("More actions for edge-tcp").click();
        page.getByText("Delete…").click();
        button("Delete").click();
        assertThat(row("edge-tcp")).hasCount(0);
        assertThat(row("echo-tcp")).isVisible();
    }

    @Test
    void showsValidationErrorsNextToTheFields() {
        openOverview();
        button("New listener").click();
        page.getByLabel("Name", exact()).fill("Edge");
        page.getByLabel("Port", exact()).fill("70000");
        page.getByLabel("Allowed sources").fill("10.0.0.0/99");
        button("Create").click();
        assertThat(page.locator("#field-name-error")).containsText("must be");
        assertThat(page.locator("#field-port-error")).containsText("65535");
        assertThat(page.locator("#field-allowedSources-error")).containsText("prefix");
        assertThat(page.getByLabel("Name", exact())).hasAttribute("aria-invalid", "true");
        assertThat(page.getByLabel("Name", exact())).isFocused();
        consoleErrors.ignoreStatus(400);
    }

    @Test
    void showsAPortConflictNextToThePort() throws Exception {
        openOverview();
        button("New listener").click();
        page.getByLabel("Name", exact()).fill("second");
        page.getByLabel("Port", exact()).fill(String.valueOf(portOf("echo-tcp")));
        button("Create").click();
        assertThat(page.locator("#field-port-error")).containsText("echo-tcp");
        consoleErrors.ignoreStatus(409);
    }

    @Test
    void updatesRatesWhileAClientSends() throws Exception {
        openOverview();
        Locator messages = row("echo-tcp").locator(".c-messages");
        assertThat(messages).hasText("0/s");
        try (EchoClient client = new EchoClient(portOf("echo-tcp"), "Hello karl")) {
            assertThat(messages).hasText(Pattern.compile("[1-9].*/s"));
            assertThat(row("echo-tcp").locator(".c-connections")).containsText("1");
            assertThat(row("echo-tcp").locator(".c-bytes")).hasText(Pattern.compile("[1-9].*B/s"));
            String first = messages.textContent();
            await().until(() -> {
                page.waitForTimeout(100);
                return !messages.textContent().equals(first);
            });
            assertThat(client.hasEnded()).isFalse();
        }
        assertThat(messages).hasText("0/s");
    }

    @Test
    void filtersAndSorts() throws Exception {
        create("{\"name\": \"net-a\", \"protocol\": \"tcp\", \"port\": 0, \"labels\": {\"team\": \"net\"}}");
        create("{\"name\": \"net-b\", \"protocol\": \"udp\", \"port\": 0, \"enabled\": false, \"description\": \"spare\"}");
        openOverview();
        page.keyboard().press("/");
        page.keyboard().type("spare");
        assertThat(names()).hasText(new String[] {"net-b"});
        assertThat(page.getByText("1 of 4")).isVisible();
        page.reload();
        assertThat(names()).hasText(new String[] {"net-b"});
        button("Clear").click();
        assertThat(names()).hasCount(4);
        page.getByText("UDP", new Page.GetByTextOptions().setExact(true))
                .first()
                .click();
        assertThat(names()).hasText(new String[] {"echo-udp", "net-b"});
        page.getByLabel("State", new Page.GetByLabelOptions().setExact(true))
                .selectOption("stopped");
        assertThat(names()).hasText(new String[] {"net-b"});
        button("Clear").click();
        button("team=net").click();
        assertThat(names()).hasText(new String[] {"net-a"});
        button("Clear").click();
        button("Name").click();
        assertThat(names()).hasText(new String[] {"net-b", "net-a", "echo-udp", "echo-tcp"});
    }

    @Test
    void startsAndStopsTheSelection() throws Exception {
        create("{\"name\": \"one\", \"protocol\": \"tcp\", \"port\": 0}");
        create("{\"name\": \"two\", \"protocol\": \"tcp\", \"port\": 0}");
        openOverview();
        page.getByLabel("Select one").check();
        page.getByLabel("Select two").check();
        Locator selection = page.getByLabel("Selection");
        assertThat(selection).containsText("2 selected");
        selection.getByText("Stop").click();
        assertThat(row("one")).containsText("stopped");
        assertThat(row("two")).containsText("stopped");
        assertThat(row("echo-tcp")).containsText("running");
        selection.getByText("Start").click();
        assertThat(row("one")).containsText("running");
        assertThat(row("two")).containsText("running");
        assertThat(page.locator(".toast")).containsText("Started 2 listeners");
        assertThat(page.locator(".toast button").first())
                .hasAttribute("title", Pattern.compile("/(one|two)/start.*\\s.*/(one|two)/start"));

        page.keyboard().press("/");
        page.keyboard().type("one");
        assertThat(selection).containsText("2 selected, 1 hidden by the filter");
        assertThat(call("DELETE", "/api/v1/listeners/one", "").statusCode()).isEqualTo(200);
        assertThat(selection).containsText("1 selected, 1 hidden by the filter");
    }

    @Test
    void rendersOnlyTheVisibleRowsOfAThousand() throws Exception {
        createAThousand();
        open("");
        assertThat(row("many-0000")).isVisible();
        assertThat(page.locator(".totals")).containsText("1,000");
        assertThat(page.locator(".rows .row").count()).isLessThan(50);
        page.evaluate("scrollTo(0, document.body.scrollHeight)");
        assertThat(row("many-0999")).isVisible();
        assertThat(page.locator(".rows .row").count()).isLessThan(50);
    }

    @Test
    void loadsAThousandListenersQuickly() throws Exception {
        createAThousand();
        double[] millis = new double[5];
        for (int i = 0; i < millis.length; i++) {
            page.context().close();
            openPage(new NewContextOptions().setViewportSize(1440, 900));
            open("");
            assertThat(row("many-0000")).isVisible();
            millis[i] = ((Number) page.evaluate("performance.now()")).doubleValue();
            button("New listener").click();
            assertThat(page.getByLabel("Name", exact())).isFocused();
        }
        System.out.println("Time from navigation to the first rows, with 1,000 listeners and an empty cache: "
                + Arrays.toString(millis) + " ms");
        assertThat(DoubleStream.of(millis).min().getAsDouble()).isLessThan(5000);
    }

    @Test
    void offersATestMessageIfOnlyTheBuiltInListenersExist() throws Exception {
        openOverview();
        assertThat(page.getByText("nc 127.0.0.1 " + portOf("echo-tcp"))).isVisible();
        assertThat(page.getByText("nc -u 127.0.0.1 " + portOf("echo-udp"))).isVisible();
        button("Send test message").click();
        assertThat(page.getByText("Received “Hello karl” after")).isVisible();
        create("{\"name\": \"mine\", \"protocol\": \"tcp\", \"port\": 0}");
        assertThat(button("Send test message")).hasCount(0);
    }

    @Test
    void showsThatCanyonIsUnreachableAndRecovers() throws Exception {
        openOverview();
        page.context().setOffline(true);
        assertThat(page.getByText("Canyon is not responding.")).isVisible();
        assertThat(row("echo-tcp")).isVisible();
        create("{\"name\": \"meanwhile\", \"protocol\": \"tcp\", \"port\": 0}");
        page.context().setOffline(false);
        assertThat(page.getByText("Canyon is not responding.")).hasCount(0);
        assertThat(row("meanwhile")).isVisible();
        consoleErrors.ignoreNetworkErrors();
    }

    @Test
    void supportsTheKeyboardInMenus() throws Exception {
        create("{\"name\": \"keys\", \"protocol\": \"tcp\", \"port\": 0}");
        openOverview();
        button("More actions for keys").focus();
        page.keyboard().press("Enter");
        assertThat(page.getByText("Restart", new Page.GetByTextOptions().setExact(true)))
                .isFocused();
        page.keyboard().press("Escape");
        assertThat(button("More actions for keys")).isFocused();
        assertThat(page.locator("[role=menu]")).hasCount(0);
        page.keyboard().press("Enter");
        assertThat(page.getByText("Restart", new Page.GetByTextOptions().setExact(true)))
                .isFocused();
        page.keyboard().press("ArrowUp");
        page.keyboard().press("Enter");
        assertThat(heading("Delete keys?")).isVisible();
        page.keyboard().press("Escape");
        assertThat(heading("Delete keys?")).hasCount(0);
        assertThat(row("keys")).isVisible();
        assertThat(button("More actions for keys")).isFocused();
    }

    @Test
    void restoresTheFocus() {
        openOverview();
        button("New listener").focus();
        page.keyboard().press("Enter");
        assertThat(page.getByLabel("Name", exact())).isFocused();
        page.keyboard().press("Escape");
        assertThat(button("New listener")).isFocused();

        button("Stop echo-udp").focus();
        page.keyboard().press("Enter");
        assertThat(button("Start echo-udp")).isFocused();

        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("echo-tcp"))
                .press("Enter");
        assertThat(page.locator("main")).isFocused();
        assertThat(page).hasTitle("echo-tcp · Canyon");
    }

    @Test
    void preservesALabelWithAComma() throws Exception {
        create("{\"name\": \"commas\", \"protocol\": \"tcp\", \"port\": 0, \"labels\": {\"owners\": \"ann, bob\"}}");
        openOverview();
        button("More actions for commas").click();
        page.getByText("Edit…").click();
        assertThat(page.getByLabel("Labels")).hasValue("owners=ann, bob");
        page.getByLabel("Labels").fill("owners=ann, bob\nteam=net");
        button("Save").click();
        assertThat(row("commas")).containsText("team=net");
        assertThat(get("/api/v1/listeners/commas").path("labels").toString())
                .isEqualTo("{\"owners\":\"ann, bob\",\"team\":\"net\"}");
    }

    @Test
    void clearsTheFilterOnNavigation() {
        open("#/");
        assertThat(names()).hasCount(2);
        page.keyboard().press("/");
        page.keyboard().type("udp");
        assertThat(names()).hasText(new String[] {"echo-udp"});
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Listeners"))
                .click();
        assertThat(names()).hasCount(2);
    }

    @Test
    void showsPageNotFoundForAMalformedAddress() {
        open("#/listeners/50%");
        assertThat(heading("Page not found")).isVisible();
    }

    @Test
    void showsThatCanyonDoesNotRespond() {
        openOverview();
        page.route("**/api/v1/**", call -> {});
        assertThat(page.getByText("Canyon is not responding."))
                .isVisible(new LocatorAssertions.IsVisibleOptions().setTimeout(30_000));
        assertThat(row("echo-tcp")).isVisible();
    }

    private Locator names() {
        return page.locator(".c-name a");
    }

    private void createAThousand() throws Exception {
        apply(IntStream.range(0, 1000)
                .mapToObj("{\"name\": \"many-%04d\", \"protocol\": \"udp\", \"port\": 0, \"enabled\": false}"::formatted)
                .collect(Collectors.joining(",")));
    }

    private static Page.GetByLabelOptions exact() {
        return new Page.GetByLabelOptions().setExact(true);
    }
}
