package dev.canyon.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Clock;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The listener view: charts, connections, events, captured traffic and the definition. */
class ListenerBrowserTest extends BrowserTest {

    private static final String EVIL = "<img src=x onerror=alert(1)>";

    @Test
    void showsAPayloadAsTextAndInHex() throws Exception {
        page.onDialog(dialog -> {
            throw new AssertionError("the payload was executed");
        });
        open("#/listeners/echo-tcp");
        card("Capture").getByText("Start capture").click();
        assertThat(card("Capture")).containsText("Waiting for the next message");
        try (EchoClient client = new EchoClient(portOf("echo-tcp"), EVIL)) {
            Locator message = card("Capture").locator(".message-head").first();
            assertThat(message).containsText(EVIL);
            message.click();
            assertThat(client.hasEnded()).isFalse();
        }
        assertThat(card("Capture").locator(".message-body pre").first()).hasText(EVIL);
        assertThat(card("Capture").locator(".hex")).containsText("3c 69 6d 67 20 73 72 63  3d 78");
        assertThat(page.locator("img[src=x]").count()).isZero();
        assertThat(card("Capture").getByText("Download pcapng"))
                .hasAttribute("href", "api/v1/listeners/echo-tcp/capture.pcapng");
        card("Capture").getByText("Pause").click();
        assertThat(card("Capture")).containsText("Paused");
        card("Capture").getByText("Stop capture and discard").click();
        assertThat(card("Capture")).containsText("Capture is off.");
    }

    @Test
    void updatesChartsCountersAndEvents() throws Exception {
        open("#/listeners/echo-tcp");
        try (EchoClient client = new EchoClient(portOf("echo-tcp"), "Hello karl")) {
            assertThat(card("Throughput").locator(".u-legend").first())
                    .containsText(Pattern.compile("Received[1-9][0-9.]* ?k?/s"));
            assertThat(card("Throughput").locator("canvas")).hasCount(2);
            assertThat(card("Events")).containsText("accepted");
            assertThat(card("Counters")).containsText(Pattern.compile("[1-9][0-9,]* reads"));
            assertThat(client.hasEnded()).isFalse();
        }
        assertThat(card("Counters")).containsText("The client closed its side after receiving all replies.");
        assertThat(card("Events")).containsText("closed by the client");
    }

    @Test
    void chartsSpanAMinuteFromTheFirstPoint() {
        page.addInitScript("window.drawn = []; const { fillText } = CanvasRenderingContext2D.prototype;"
                + "CanvasRenderingContext2D.prototype.fillText = function(text, ...rest) {"
                + " window.drawn.push(text); fillText.call(this, text, ...rest); }");
        open("#/listeners/echo-tcp");
        assertThat(card("Throughput").locator(".u-legend").first())
                .containsText(Pattern.compile("Time\\d\\d:\\d\\d:\\d\\d"));
        page.waitForFunction("drawn.filter(text => /^\\d\\d:\\d\\d:\\d\\d$/.test(text)).length > 10");
        assertThat((Boolean) page.evaluate("drawn.includes('00:00')")).isFalse();
    }

    @Test
    void noiseHidesNoEvent() throws Exception {
        create("{\"name\": \"noisy\", \"protocol\": \"tcp\", \"port\": 0}");
        open("#/listeners/noisy");
        card("Capture").getByText("Start capture").click();
        Locator events = card("Events").locator(".events li");
        assertThat(events.filter(containing("capture started"))).isVisible();
        int port = portOf("noisy");
        for (int i = 0; i < 300; i++) {
            probe(port);
            if (i == 100) {
                try (EchoClient client = new EchoClient(port, "Hello karl")) {
                    assertThat(events.filter(containing("accepted"))).isVisible();
                    assertThat(client.hasEnded()).isFalse();
                }
            }
        }
        Locator probes = events.filter(containing("probe: "));
        assertThat(probes).containsText(Pattern.compile("closed ×300.*from 127\\.0\\.0\\.1 since \\d\\d:"));
        assertThat(probes).hasCount(1);
        for (String detail : new String[] {"socket bound", "listening on", "capture started", "accepted", "closed by the client after"}) {
            assertThat(events.filter(containing(detail))).isVisible();
        }
        assertThat(events).hasCount(6);
        assertThat(card("Counters")).containsText(Pattern.compile("300\\s*probe"));
        page.reload();
        assertThat(events).hasCount(6);
    }

    private static Locator.FilterOptions containing(String text) {
        return new Locator.FilterOptions().setHasText(text);
    }

    private static void probe(int port) throws IOException {
        new Socket(InetAddress.getLoopbackAddress(), port).close();
    }

    @Test
    void closesAConnectionWithFinOrRst() throws Exception {
        open("#/listeners/echo-tcp");
        for (String way : new String[] {"FIN", "RST"}) {
            try (EchoClient client = new EchoClient(portOf("echo-tcp"), "Hello karl")) {
                card("Open connections").getByText(way).click();
                await().until(client::hasEnded);
                assertThat(card("Open connections")).containsText("No open connections.");
            }
        }
        assertThat(card("Counters")).containsText("operator");
    }

    @Test
    void showsTheDefinitionAndTheCurlCommand() throws Exception {
        create("{\"name\": \"edge\", \"protocol\": \"udp\", \"port\": 0, \"labels\": {\"team\": \"net\"}}");
        open("#/listeners/edge");
        Locator definition = card("Definition");
        assertThat(setting("Reply to empty datagrams")).hasText("Yes");
        assertThat(setting("Labels")).hasText("team=net");
        assertThat(setting("Buffer size")).hasText("65,536 bytes");
        definition.getByText("JSON", new Locator.GetByTextOptions().setExact(true)).click();
        assertThat(definition.locator("pre").first()).containsText("\"replyToEmpty\": true");
        assertThat(definition.locator("pre").first()).not().containsText("status");
        definition.getByText("YAML", new Locator.GetByTextOptions().setExact(true)).click();
        assertThat(definition.locator("pre").first())
                .containsText(Pattern.compile("version: 1\\s+listeners:\\s+- name: edge"));
        button("Stop").click();
        assertThat(page.locator(".title")).hasText(Pattern.compile("edge\\s*stopped"));
        assertThat(definition.getByLabel("As curl"))
                .containsText("curl -X POST 'http://127.0.0.1:" + serverPort + "/api/v1/listeners/edge/stop'");
    }

    @Test
    void computesRelativeTimesFromTheServerClock() throws Exception {
        create("{\"name\": \"fresh\", \"protocol\": \"tcp\", \"port\": 0}");
        page.clock().install(new Clock.InstallOptions().setTime(System.currentTimeMillis() + 600_000));
        open("#/listeners/fresh");
        assertThat(page.locator(".title")).containsText(Pattern.compile("changed (just now|\\d+ s ago)"));
    }

    @Test
    void showsThatAListenerDoesNotExist() {
        open("#/listeners/nobody");
        assertThat(heading("Listener nobody not found")).isVisible();
        // The page keeps polling, since the listener may be created.
        consoleErrors.ignoreStatus(404);
        page.navigate("about:blank");
        consoleErrors.ignoreStatus(404);
    }

    @Test
    void returnsToTheOverviewAfterDeletion() throws Exception {
        create("{\"name\": \"doomed\", \"protocol\": \"tcp\", \"port\": 0}");
        open("#/listeners/doomed");
        button("Delete").click();
        page.locator("dialog").getByText("Delete", new Locator.GetByTextOptions().setExact(true)).click();
        assertThat(row("echo-tcp")).isVisible();
        assertThat(row("doomed")).hasCount(0);
        consoleErrors.ignoreStatus(404);
    }

    /** The value in the table of settings. */
    private Locator setting(String title) {
        return card("Definition")
                .getByRole(AriaRole.ROWHEADER, new Locator.GetByRoleOptions().setName(title).setExact(true))
                .locator("xpath=../td");
    }
}
