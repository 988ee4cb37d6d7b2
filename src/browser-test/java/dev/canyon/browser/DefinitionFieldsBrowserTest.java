package dev.canyon.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.GetByLabelOptions;
import com.microsoft.playwright.Request;
import com.microsoft.playwright.Route.FulfillOptions;
import com.microsoft.playwright.options.AriaRole;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The listener form and the listener view follow from the description of the fields alone. */
class DefinitionFieldsBrowserTest extends BrowserTest {

    private static final String DESCRIPTION = "**/app/definition.json";
    private static final String LINGER = """
            {"path": "tcp.lingerTimeoutMs", "type": "integer", "unit": "ms", "minimum": 0, "maximum": 60000, "default": 250,
             "nullable": false, "required": false, "protocol": "tcp", "title": "Linger timeout",
             "description": "SO_LINGER of accepted connections.", "changesSocket": false}""";
    private static final String OWNER = """
            {"path": "owner", "type": "string", "unit": null, "minimum": null, "maximum": null, "default": "nobody",
             "nullable": true, "required": false, "protocol": null, "title": "Owner", "description": "Contact.",
             "changesSocket": true}""";

    @Test
    void anAddedFieldIsInTheForm() throws Exception {
        addFields(LINGER, OWNER);
        openOverview();
        button("New listener").click();
        label("Name").fill("edge");
        label("Port").fill("0");
        assertThat(label("Owner")).hasAttribute("placeholder", "nobody");
        label("Owner").fill("ann");
        page.getByText("Advanced settings").click();
        Locator linger = label("Linger timeout (ms)");
        assertThat(linger).hasAttribute("placeholder", "250");
        assertThat(page.getByText("SO_LINGER of accepted connections. Range: 0 to 60,000.")).isVisible();
        linger.fill("5000");

        Request request = page.waitForRequest(
                each -> each.method().equals("POST") && each.url().endsWith("/listeners"), () -> button("Create")
                        .click());
        assertThat(JsonMapper.shared().readTree(request.postData()))
                .isEqualTo(JsonMapper.shared().readTree("""
                        {"name": "edge", "protocol": "tcp", "port": 0, "owner": "ann", "tcp": {"lingerTimeoutMs": 5000}}"""));
        // This version of the API does not have these fields.
        assertThat(page.locator("#field-tcp-lingerTimeoutMs-error")).not().isEmpty();
        assertThat(page.locator("#field-owner-error")).not().isEmpty();
        assertThat(page.locator(".form-error")).hasCount(0);
        consoleErrors.ignoreStatus(400);

        page.getByText("UDP", new Page.GetByTextOptions().setExact(true))
                .last()
                .click();
        assertThat(linger).hasCount(0);
        assertThat(label("Owner")).isVisible();
    }

    @Test
    void anAddedFieldIsInTheListenerView() throws Exception {
        addFields(LINGER, OWNER);
        ObjectNode view = (ObjectNode) get("/api/v1/listeners/echo-tcp");
        ((ObjectNode) view.path("tcp")).put("lingerTimeoutMs", 1500);
        page.route("**/api/v1/listeners/echo-tcp", route -> route.fulfill(
                new FulfillOptions().setContentType("application/json").setBody(view.toString())));
        open("#/listeners/echo-tcp");
        assertThat(setting("Linger timeout")).hasText("1.5 s");
        assertThat(setting("Owner")).hasText("–");
    }

    @Test
    void editingSendsOnlyTheChangedFields() throws Exception {
        create("{\"name\": \"edge\", \"protocol\": \"tcp\", \"port\": 0, \"tcp\": {\"idleTimeoutMs\": 1000}}");
        open("#/listeners/edge");
        button("Edit").click();
        assertThat(label("Name")).isDisabled();
        assertThat(label("Address")).isFocused();
        page.getByText("Advanced settings").click();
        label("Idle timeout (ms)").fill("");
        label("Backlog").fill("7");
        assertThat(page.getByText("Backlog: saving replaces the listening socket")).isVisible();
        label("SO_KEEPALIVE").check();
        Request request = page.waitForRequest(
                each -> each.method().equals("PATCH"), () -> button("Save").click());
        assertThat(JsonMapper.shared().readTree(request.postData()))
                .isEqualTo(JsonMapper.shared()
                        .readTree("{\"tcp\": {\"idleTimeoutMs\": null, \"backlog\": 7, \"keepAlive\": true}}"));
        assertThat(setting("Idle timeout")).hasText("5 min");
        assertThat(setting("Backlog")).hasText("7");
        assertThat(setting("SO_KEEPALIVE")).hasText("Yes");
    }

    @Test
    void theFieldsOfAReplyFollowItsMode() throws Exception {
        openOverview();
        button("New listener").click();
        label("Name").fill("edge");
        label("Port").fill("0");
        assertThat(label("Text")).hasCount(0);
        label("Reply").selectOption("fixed");
        label("Text").fill("pong");
        page.getByText("Advanced settings").click();
        label("Framing").selectOption("line");
        label("Longest frame (bytes)").fill("100");
        Request request = page.waitForRequest(
                each -> each.method().equals("POST") && each.url().endsWith("/listeners"), () -> button("Create")
                        .click());
        assertThat(JsonMapper.shared().readTree(request.postData()))
                .isEqualTo(JsonMapper.shared().readTree("""
                        {"name": "edge", "protocol": "tcp", "port": 0, "reply": {"mode": "fixed", "text": "pong"},
                         "framing": {"type": "line", "maxFrameBytes": 100}}"""));
        open("#/listeners/edge");
        assertThat(setting("Reply")).hasText("fixed, text \"pong\"");
    }

    /** An object without default is added with the field that it needs, and removed as a whole without it. */
    @Test
    void addsAndRemovesTheProxyProtocol() throws Exception {
        openOverview();
        button("New listener").click();
        label("Name").fill("edge");
        label("Port").fill("0");
        page.getByText("Advanced settings").click();
        label("Header").selectOption("from-trusted");
        label("Trusted sources").fill("10.0.0.0/8");
        Request post = page.waitForRequest(
                each -> each.method().equals("POST") && each.url().endsWith("/listeners"), () -> button("Create")
                        .click());
        assertThat(JsonMapper.shared().readTree(post.postData()))
                .isEqualTo(JsonMapper.shared().readTree("""
                        {"name": "edge", "protocol": "tcp", "port": 0,
                         "proxyProtocol": {"mode": "from-trusted", "trusted": ["10.0.0.0/8"]}}"""));
        open("#/listeners/edge");
        assertThat(setting("Header")).hasText("from-trusted");
        button("Edit").click();
        page.getByText("Advanced settings").click();
        label("Header").selectOption("");
        Request patch = page.waitForRequest(
                each -> each.method().equals("PATCH"), () -> button("Save").click());
        assertThat(JsonMapper.shared().readTree(patch.postData()))
                .isEqualTo(JsonMapper.shared().readTree("{\"proxyProtocol\": null}"));
        assertThat(setting("Header")).hasCount(0);
    }

    @Test
    void showsThatTheDescriptionCouldNotBeLoaded() {
        page.route(DESCRIPTION, route -> route.fulfill(new FulfillOptions().setStatus(503)));
        openOverview();
        button("New listener").click();
        assertThat(page.getByRole(AriaRole.ALERT)).containsText("Could not load the definition fields");
        consoleErrors.ignoreStatus(503);
        page.unroute(DESCRIPTION);
        button("Cancel").click();
        button("New listener").click();
        assertThat(label("Name")).isFocused();
    }

    @Test
    void describesExactlyTheFieldsOfADefinition() throws Exception {
        List<String> described = new ArrayList<>();
        get("/app/definition.json").path("fields").forEach(field -> described.add(field.path("path").asString()));
        List<String> actual = new ArrayList<>();
        create("{\"name\": \"banner\", \"protocol\": \"tcp\", \"port\": 0, \"banner\": {\"text\": \"hi\"}}");
        create("{\"name\": \"secure\", \"protocol\": \"tcp\", \"port\": 0, \"tls\": {\"bundle\": \"self-signed\"}}");
        create("{\"name\": \"proxied\", \"protocol\": \"tcp\", \"port\": 0, \"proxyProtocol\": {\"mode\": \"required\"}}");
        for (String name : List.of("echo-tcp", "echo-udp", "banner", "secure", "proxied")) {
            ObjectNode definition = (ObjectNode) get("/api/v1/listeners/" + name);
            definition.remove("status");
            definition.properties().forEach(field -> actual.addAll(paths(field.getKey(), field.getValue())));
        }
        assertThat(described).containsExactlyInAnyOrderElementsOf(actual.stream().distinct().toList());
    }

    private static List<String> paths(String name, JsonNode value) {
        return List.of("tcp", "udp", "tls", "proxyProtocol").contains(name)
                ? value.propertyNames().stream().map(inner -> name + "." + inner).toList()
                : List.of(name);
    }

    /** Serves the description of the fields with these added. */
    private void addFields(String... fields) throws Exception {
        JsonNode description = get("/app/definition.json");
        for (String field : fields) {
            ((ArrayNode) description.path("fields")).add(JsonMapper.shared().readTree(field));
        }
        page.route(DESCRIPTION, route -> route.fulfill(
                new FulfillOptions().setContentType("application/json").setBody(description.toString())));
    }

    private Locator label(String label) {
        return page.getByLabel(label, new GetByLabelOptions().setExact(true));
    }

    /** The value in the table of settings. */
    private Locator setting(String title) {
        return page.getByRole(AriaRole.ROWHEADER, new Page.GetByRoleOptions()
                        .setName(title)
                        .setExact(true))
                .locator("xpath=../td");
    }
}
