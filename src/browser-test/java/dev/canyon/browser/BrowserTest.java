package dev.canyon.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.GetByRoleOptions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Tests the dashboard in a browser. Each test uses its own page and fails on console errors and Content Security Policy
 * violations. All listeners except the two declared ones are deleted after each test.
 */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "canyon.listeners[0].name=echo-tcp",
            "canyon.listeners[0].protocol=tcp",
            "canyon.listeners[0].port=0",
            "canyon.listeners[1].name=echo-udp",
            "canyon.listeners[1].protocol=udp",
            "canyon.listeners[1].port=0",
        })
@TestInstance(Lifecycle.PER_CLASS)
@Timeout(120)
abstract class BrowserTest {

    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    @LocalServerPort
    int serverPort;

    @Value("${server.servlet.context-path:}")
    private String contextPath;

    private Chromium chromium;
    Page page;
    ConsoleErrors consoleErrors;

    @BeforeAll
    void openBrowser() {
        chromium = new Chromium();
    }

    @AfterAll
    void closeBrowser() {
        chromium.close();
    }

    @BeforeEach
    void openPage() {
        openPage(new NewContextOptions().setViewportSize(1440, 900));
    }

    final void openPage(NewContextOptions options) {
        BrowserContext context = chromium.browser().newContext(options);
        context.setDefaultTimeout(10_000);
        page = context.newPage();
        consoleErrors = new ConsoleErrors(page);
    }

    /** Replaces the open page. */
    final Viewport reopen(int width, ColorScheme scheme) {
        Viewport viewport = new Viewport(width, scheme);
        page.context().close();
        openPage(viewport.options());
        return viewport;
    }

    @AfterEach
    void failOnConsoleErrors() throws Exception {
        page.context().close();
        apply("");
        for (JsonNode listener : get("/api/v1/listeners").path("items")) {
            String name = listener.path("name").asString();
            call("POST", "/api/v1/listeners/" + name + "/start", "");
            call("DELETE", "/api/v1/listeners/" + name + "/capture", "");
        }
        Assertions.assertThat(consoleErrors.messages()).as("console").isEmpty();
    }

    void open(String address) {
        page.navigate(server() + "/" + address);
    }

    void openOverview() {
        open("");
        assertThat(row("echo-tcp")).isVisible();
    }

    Locator row(String name) {
        return page.getByRole(AriaRole.ROW)
                .filter(new Locator.FilterOptions()
                        .setHas(page.getByRole(
                                AriaRole.LINK, new GetByRoleOptions().setName(name).setExact(true))));
    }

    Locator button(String name) {
        return page.getByRole(AriaRole.BUTTON, new GetByRoleOptions().setName(name).setExact(true));
    }

    Locator heading(String name) {
        return page.getByRole(AriaRole.HEADING, new GetByRoleOptions().setName(name).setExact(true));
    }

    /** The card with this heading. */
    Locator card(String name) {
        return page.getByRole(AriaRole.REGION, new GetByRoleOptions().setName(name).setExact(true))
                .and(page.locator("section"));
    }

    void create(String json) throws Exception {
        Assertions.assertThat(call("POST", "/api/v1/listeners", json).statusCode()).isEqualTo(201);
    }

    /** Applies a configuration document with these listeners, which deletes all others. */
    void apply(String listeners) throws Exception {
        String document = "{\"version\": 1, \"listeners\": [" + listeners + "]}";
        Assertions.assertThat(call("POST", "/api/v1/configuration/apply?prune=true", document)
                        .statusCode())
                .isEqualTo(200);
    }

    int portOf(String name) throws Exception {
        return get("/api/v1/listeners/" + name).at("/status/port").asInt();
    }

    JsonNode get(String path) throws Exception {
        return JsonMapper.shared().readTree(call("GET", path, "").body());
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(server() + path));
    }

    private String server() {
        return "http://127.0.0.1:" + serverPort + contextPath;
    }

    HttpResponse<String> call(String method, String path, String json) throws Exception {
        HttpRequest.Builder request = request(path).method(method, BodyPublishers.ofString(json));
        if (!json.isEmpty()) {
            request.header("Content-Type", "application/json");
        }
        return CLIENT.send(request.build(), BodyHandlers.ofString());
    }
}
