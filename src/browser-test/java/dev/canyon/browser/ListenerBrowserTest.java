package dev.canyon.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Clock;
import com.microsoft.playwright.Locator;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** One listener: charts, connections, events, captured traffic, its definition. */
class ListenerBrowserTest extends BrowserTest {

    private static final String EVIL = "<img src=x onerror=alert(1)>";

    @Test
    void showsAPayloadAsTextAndInHex() throws Exception {
        page.onDialog(dialog -> {
            throw new AssertionError("the payload was run");
        });
        open("#/listeners/echo-tcp");
        card("Capture").getByText("Start capture").click();
        assertThat(card("Capture")).containsText("Waiting for the next message");
        try (Client client = new Client(portOf("echo-tcp"), EVIL)) {
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
        assertThat(card("Capture")).containsText("paused");
        card("Capture").getByText("End and forget").click();
        assertThat(card("Capture")).containsText("Off, and costs nothing");
    }

    @Test
    void drawsWhatHappensWhileItHappens() throws Exception {
        open("#/listeners/echo-tcp");
        try (Client client = new Client(portOf("echo-tcp"), "Hello karl")) {
            assertThat(card("Throughput").locator(".u-legend").first())
                    .containsText(Pattern.compile("Received[1-9][0-9.]* ?k?/s"));
            assertThat(card("Throughput").locator("canvas")).hasCount(2);
            assertThat(card("Events")).containsText("accepted");
            assertThat(card("Counters")).containsText(Pattern.compile("[1-9][0-9,]* reads"));
            assertThat(client.hasEnded()).isFalse();
        }
        assertThat(card("Counters")).containsText("The client ended its side and got everything back.");
        assertThat(card("Events")).containsText("closed by the client");
    }

    @Test
    void theChartsShowAMinuteFromTheFirstPointOn() {
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
    void showsMessagesAmongTheEventsOnlyIfTheyAreAskedFor() throws Exception {
        open("#/listeners/echo-tcp");
        card("Capture").getByText("Start capture").click();
        card("Events").getByText("With messages").click();
        Locator messages = card("Events").locator(".event-type.received, .event-type.sent");
        try (Client client = new Client(portOf("echo-tcp"), "Hello karl")) {
            assertThat(messages.first()).isVisible();
            assertThat(client.hasEnded()).isFalse();
        }
        card("Events").getByText("Without messages").click();
        assertThat(messages).hasCount(0);
        assertThat(card("Events").locator(".event-type.accepted").first()).isVisible();
    }

    @Test
    void closesAConnectionEitherWay() throws Exception {
        open("#/listeners/echo-tcp");
        for (String way : new String[] {"FIN", "RST"}) {
            try (Client client = new Client(portOf("echo-tcp"), "Hello karl")) {
                card("Open connections").getByText(way).click();
                await().until(client::hasEnded);
                assertThat(card("Open connections")).containsText("Nobody is connected.");
            }
        }
        assertThat(card("Counters")).containsText("operator");
    }

    @Test
    void givesItsDefinitionAndTheLineForAShell() throws Exception {
        create("{\"name\": \"edge\", \"protocol\": \"udp\", \"port\": 0, \"labels\": {\"team\": \"net\"}}");
        open("#/listeners/edge");
        Locator definition = card("Definition");
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
    void tellsHowLongAgoByTheClockOfCanyon() throws Exception {
        create("{\"name\": \"fresh\", \"protocol\": \"tcp\", \"port\": 0}");
        page.clock().install(new Clock.InstallOptions().setTime(System.currentTimeMillis() + 600_000));
        open("#/listeners/fresh");
        assertThat(page.locator(".title")).containsText(Pattern.compile("since (just now|\\d+ s ago)"));
    }

    @Test
    void saysWhenThereIsNone() {
        open("#/listeners/nobody");
        assertThat(heading("No listener nobody")).isVisible();
        // It may come to be, so the page goes on asking.
        complaints.forgive(404);
        page.navigate("about:blank");
        complaints.forgive(404);
    }

    @Test
    void leadsBackToAllWhenItIsDeleted() throws Exception {
        create("{\"name\": \"doomed\", \"protocol\": \"tcp\", \"port\": 0}");
        open("#/listeners/doomed");
        button("Delete").click();
        page.locator("dialog").getByText("Delete", new Locator.GetByTextOptions().setExact(true)).click();
        assertThat(row("echo-tcp")).isVisible();
        assertThat(row("doomed")).hasCount(0);
        complaints.forgive(404);
    }
}
