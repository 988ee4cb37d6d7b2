package dev.canyon.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page.GetByRoleOptions;
import com.microsoft.playwright.Page.GetByTextOptions;
import com.microsoft.playwright.options.AriaRole;
import dev.canyon.FreePorts;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Test messages: reply, differences and history. */
class MessageBrowserTest extends BrowserTest {

    private static final String EVIL = "<img src=x onerror=alert(1)>";

    @Test
    void showsTheReplyNextToTheSentData() {
        openComposer("echo-tcp");
        field("Text").fill("Hello karl");
        button("Send").click();
        assertThat(card("Outcome")).containsText("All 10 bytes were echoed unchanged");
        assertThat(card("Outcome")).containsText(Pattern.compile("Address seen by listener\\s*127\\.0\\.0\\.1:\\d+"));
        assertThat(card("Sent and received")).containsText("No differences.");
        assertThat(card("Sent and received").getByLabel("Received, as text")).hasText("Hello karl");
        assertThat(card("Timing").getByRole(AriaRole.LISTITEM)).hasCount(6);
        assertThat(card("Timing")).containsText(Pattern.compile("First byte received\\+[0-9.]+ .?s"));
        assertThat(page.getByLabel("As curl"))
                .containsText("-d '{\"text\":\"Hello karl\",\"charset\":\"utf-8\"}'"
                        + " 'http://127.0.0.1:" + serverPort + "/api/v1/listeners/echo-tcp/messages'");
    }

    @Test
    void highlightsDifferencesFromTheExpectedReply() {
        openComposer("echo-udp");
        field("Text").fill("Hello karl");
        expect("Text");
        field("Exact text").fill("Hello carl");
        button("Send").click();
        assertThat(card("Outcome")).containsText("mismatch");
        Locator exchange = card("Sent and received");
        assertThat(exchange.getByLabel("Expected, as text").locator(".differs")).hasText("c");
        assertThat(exchange.getByLabel("Received, as text").locator(".differs")).hasText("k");
        exchange.getByText("Hex").click();
        assertThat(exchange.getByLabel("Received, in hex").locator(".differs")).hasText("6b");
    }

    @Test
    void showsAPayloadAsText() {
        page.onDialog(dialog -> {
            throw new AssertionError("the payload was executed");
        });
        openComposer("echo-tcp");
        field("Text").fill(EVIL);
        page.keyboard().press("Control+Enter");
        assertThat(card("Sent and received").getByLabel("Received, as text")).hasText(EVIL);
        assertThat(card("Recent messages")).containsText(EVIL);
        assertThat(page.locator("img[src=x]").count()).isZero();
    }

    @Test
    void storesSentMessagesInTheBrowser() {
        openComposer("echo-tcp");
        field("Text").fill("first");
        button("Send").click();
        assertThat(card("Recent messages").getByRole(AriaRole.LISTITEM)).hasCount(1);
        field("Text").fill("second");
        button("Send").click();
        assertThat(card("Recent messages").getByRole(AriaRole.LISTITEM)).hasCount(2);
        page.reload();
        card("Recent messages").getByText("first").click();
        assertThat(field("Text")).hasValue("first");
        button("Clear history").click();
        assertThat(card("Recent messages").getByRole(AriaRole.LISTITEM)).hasCount(0);
    }

    @Test
    void worksWithoutLocalStorage() {
        page.addInitScript("Object.defineProperty(window, 'localStorage', { get() { throw new Error('off'); } })");
        openComposer("echo-tcp");
        button("Send").click();
        assertThat(card("Outcome")).containsText("pass");
        assertThat(card("Recent messages").getByRole(AriaRole.LISTITEM)).hasCount(1);
    }

    @Test
    void showsValidationErrorsNextToTheFields() {
        openComposer("echo-tcp");
        page.getByText("Advanced settings").click();
        field("Source port").fill("99999");
        field("Read timeout (ms)").fill("soon");
        button("Send").click();
        assertThat(page.locator("#field-sourcePort-error")).containsText("65535");
        assertThat(page.locator("#field-timeoutMs-error")).containsText("soon");
        assertThat(field("Read timeout (ms)")).isFocused();
        consoleErrors.ignoreStatus(400);
    }

    @Test
    void showsEachOfSeveralAttempts() {
        openComposer("echo-tcp");
        page.getByText("Random").click();
        field("Random bytes").fill("3000");
        page.getByText("Advanced settings").click();
        field("Repetitions").fill("3");
        button("Send").click();
        assertThat(card("Attempts")).containsText("3 of 3 passed");
        button("Show attempt 2").click();
        assertThat(button("Show attempt 2")).hasAttribute("aria-pressed", "true");
        assertThat(card("Sent and received").getByText("Show all 3,000 bytes"))
                .hasCount(2);
    }

    @Test
    void sendsBase64FromAGivenPortAndHalfCloses() throws Exception {
        openComposer("echo-tcp");
        page.getByText("Base64", new GetByTextOptions().setExact(true)).click();
        field("Bytes in Base64").fill("AP8AwA==");
        page.getByText("Advanced settings").click();
        int port = FreePorts.next();
        field("Source port").fill(String.valueOf(port));
        page.getByText("Half-close the connection after sending").click();
        button("Send").click();
        assertThat(card("Outcome")).containsText("All 4 bytes were echoed unchanged");
        assertThat(card("Outcome")).containsText(Pattern.compile("Address seen by listener\\s*127\\.0\\.0\\.1:" + port));
        card("Sent and received").getByText("Hex").click();
        assertThat(card("Sent and received").getByLabel("Received, in hex")).containsText("00 ff 00 c0");
    }

    @Test
    void showsTheCertificateOfAPeerAndWhyTlsFailed() throws Exception {
        create("{\"name\": \"secure\", \"protocol\": \"tcp\", \"port\": 0, \"tls\": {\"bundle\": \"self-signed\"}}");
        openComposer("secure");
        button("Send").click();
        assertThat(card("Outcome")).containsText("were echoed unchanged");
        assertThat(card("TLS")).containsText("TLSv1.3");
        assertThat(card("TLS").getByRole(AriaRole.TABLE)).containsText("localhost");
        assertThat(card("Timing").getByRole(AriaRole.LISTITEM)).hasCount(7);

        page.getByText("Advanced settings").click();
        page.getByText("TLS (TCP)").click();
        field("Trust").fill("system");
        field("ALPN").fill("echo, h2");
        button("Send").click();
        assertThat(card("Outcome")).containsText("The TLS handshake failed.");
        assertThat(card("TLS")).containsText("unknown-authority");
        assertThat(page.getByLabel("As curl"))
                .containsText("\"tls\":{\"trust\":\"system\",\"alpn\":[\"echo\",\"h2\"]}");
        field("Client certificate").fill("missing");
        button("Send").click();
        assertThat(page.locator("#field-tls-bundle-error")).containsText("there is no SSL bundle");
        consoleErrors.ignoreStatus(400);
    }

    @Test
    void beginsTheConnectionWithAProxyHeader() throws Exception {
        create(
                "{\"name\": \"proxied\", \"protocol\": \"tcp\", \"port\": 0, \"proxyProtocol\": {\"mode\": \"required\"}}");
        openComposer("proxied");
        button("Send").click();
        assertThat(card("Outcome")).containsText("it requires a PROXY header: set proxyProtocol");
        page.getByText("Advanced settings").click();
        page.getByText("PROXY header (TCP)").click();
        field("Header source").fill("192.0.2.7:4711");
        button("Send").click();
        assertThat(card("Outcome")).containsText("were echoed unchanged");
        assertThat(page.getByLabel("As curl")).containsText("\"proxyProtocol\":{\"source\":\"192.0.2.7:4711\"}");
        field("Header source").fill("192.0.2.7");
        button("Send").click();
        assertThat(page.locator("#field-proxyProtocol-source-error")).containsText("an IP address and a port");
        consoleErrors.ignoreStatus(400);
    }

    @Test
    void sendsTextInTheSelectedCharset() {
        openComposer("echo-udp");
        field("Text").fill("Grün");
        field("Charset").fill("iso-8859-1");
        button("Send").click();
        assertThat(card("Outcome")).containsText("All 4 bytes were echoed unchanged");
        card("Sent and received").getByText("Hex").click();
        assertThat(card("Sent and received").getByLabel("Sent, in hex")).containsText("47 72 fc 6e");
    }

    @Test
    void explainsThatTheListenerIsNotRunning() throws Exception {
        create("{\"name\": \"closing\", \"protocol\": \"tcp\", \"port\": 0}");
        openComposer("closing");
        assertThat(listener()).hasValue("closing");
        assertThat(call("POST", "/api/v1/listeners/closing/stop", "").statusCode()).isEqualTo(200);
        button("Send").click();
        assertThat(card("Outcome")).containsText("Not sent: the listener is not running.");
        assertThat(card("Outcome")).containsText("listener is stopped");
    }

    @Test
    void sendsNoFinOverUdp() {
        openComposer("echo-tcp");
        page.getByText("Advanced settings").click();
        page.getByLabel("Half-close the connection after sending").check();
        button("Send").click();
        assertThat(page.getByLabel("As curl")).containsText("halfClose");
        listener().selectOption("echo-udp");
        button("Send").click();
        assertThat(card("Outcome")).containsText("udp 127.0.0.1");
        assertThat(page.getByLabel("As curl")).not().containsText("halfClose");
    }

    @Test
    void comparesByteArrays() {
        open("#/message");
        assertThat(page.evaluate("""
                        () => import('/app/views/message/byte-diff.js').then(({ compare }) =>
                            [['abc', 'abc'], ['abc', 'aXc'], ['abcd', 'abd'], ['', 'x'], ['aa', 'aaa']].map(([a, b]) => {
                                const bytes = text => new TextEncoder().encode(text);
                                const marks = (text, marked) => [...text].map((_, i) => (marked(i) ? '!' : '.')).join('');
                                const found = compare(bytes(a), bytes(b));
                                return `${found.first} ${marks(a, found.inA)} ${marks(b, found.inB)}`;
                            }))"""))
                .isEqualTo(List.of("-1 ... ...", "1 .!. .!.", "2 ..!. ...", "0  !", "2 .. ..!"));
    }

    private void openComposer(String listener) {
        open("#/message?listener=" + listener);
        assertThat(listener().locator("option", new Locator.LocatorOptions().setHasText("echo-tcp")))
                .hasCount(1);
    }

    private Locator listener() {
        return page.getByRole(AriaRole.COMBOBOX, new GetByRoleOptions().setName("Listener").setExact(true));
    }

    private Locator field(String label) {
        return page.getByRole(AriaRole.TEXTBOX, new GetByRoleOptions().setName(label).setExact(true));
    }

    private void expect(String what) {
        page.getByRole(AriaRole.RADIOGROUP, new GetByRoleOptions().setName("Expected reply"))
                .getByText(what)
                .click();
    }
}
