package dev.canyon.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page.GetByRoleOptions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.net.http.HttpRequest;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.test.context.TestPropertySource;

/** In key mode, the dashboard requires signing in, and its changes send the CSRF token of the session. */
@TestPropertySource(
        properties = {
            "canyon.listeners[0].name=locked-tcp",
            "canyon.listeners[1].name=locked-udp",
            "canyon.listeners[2].name=unbindable",
            "canyon.listeners[2].protocol=tcp",
            // Reserved for documentation (RFC 5737), so never a local address.
            "canyon.listeners[2].host=192.0.2.1",
            "canyon.listeners[2].port=7007",
            "canyon.security.mode=key",
            "canyon.security.admin-key=" + SignInBrowserTest.ADMIN,
            "canyon.security.viewer-key=" + SignInBrowserTest.VIEWER,
        })
class SignInBrowserTest extends BrowserTest {

    static final String ADMIN = "admin-key-of-the-tests";
    static final String VIEWER = "viewer-key-of-the-tests";
    private static final String READ_ONLY = "Read-only: changes require the admin key.";

    @Override
    HttpRequest.Builder request(String path) {
        return super.request(path).header("X-API-Key", ADMIN);
    }

    @Test
    void anAdminSignsInAndStopsAListener() {
        signIn(ADMIN);
        assertThat(page.getByText(READ_ONLY)).hasCount(0);
        button("Stop locked-tcp").click();
        assertThat(row("locked-tcp")).containsText("stopped");
    }

    @ParameterizedTest
    @CsvSource({"375, LIGHT", "1440, DARK"})
    void disablesForAViewerWhatRequiresTheAdminKey(int width, ColorScheme scheme) throws Exception {
        call("PUT", "/api/v1/listeners/locked-tcp/capture", "{\"enabled\": true}");
        Viewport viewport = reopen(width, scheme);
        signIn(VIEWER);
        assertThat(page.getByText(READ_ONLY)).isVisible();
        disabled("Stop locked-tcp");
        disabled("More actions for locked-tcp");
        disabled("New listener");
        viewport.check(page, "viewer");

        open("#/listeners/locked-tcp");
        assertThat(page.getByText("Viewing captured messages requires the admin key.")).isVisible();
        for (String name : List.of("Stop", "Restart", "Edit", "Delete", "Reset")) {
            disabled(name);
        }
        assertThat(card("Capture").getByText("Pause")).isDisabled();
        open("#/message?listener=locked-tcp");
        disabled("Send");
        page.locator("form textarea").first().press("Control+Enter");
        assertThat(page.getByText("No message sent yet")).isVisible();
        open("#/runs/new");
        disabled("Start");
    }

    private void disabled(String name) {
        assertThat(button(name)).isDisabled();
        assertThat(button(name)).hasAttribute("title", Pattern.compile("Requires the admin key|Declared in .*"));
    }

    @Test
    void signsOut() {
        signIn(VIEWER);
        link("Sign out").click();
        assertThat(page.getByText("You are signed in as viewer.")).isVisible();
        link("Back to the listeners").click();
        link("Sign out").click();
        button("Sign out").click();
        open("");
        assertThat(page.getByLabel("Key")).isVisible();
    }

    @Test
    void requiresSigningInAgainAfterTheSessionExpired() {
        signIn(ADMIN);
        page.context().clearCookies();
        assertThat(button("Sign in")).isVisible();
        consoleErrors.ignoreStatus(401);
    }

    @ParameterizedTest
    @CsvSource({"375, LIGHT", "375, DARK", "1440, LIGHT", "1440, DARK"})
    void isAccessible(int width, ColorScheme scheme) {
        Viewport viewport = reopen(width, scheme);
        open("");
        page.getByLabel("Key").fill("no-key-at-all");
        button("Sign in").click();
        assertThat(page.getByRole(AriaRole.ALERT)).containsText("key");
        viewport.check(page, "sign-in");
        consoleErrors.ignoreStatus(401);

        signIn(ADMIN);
        assertThat(row("unbindable")).containsText("failed");
        open("#/listeners/unbindable");
        assertThat(page.getByText("Could not open the listener")).isVisible();
        assertThat(page.locator(".title")).hasText(Pattern.compile("unbindable\\s*failed"));
        viewport.check(page, "failed-listener");
    }

    @Test
    void signingInReturnsToTheRequestedAddress() {
        open("#/?text=udp");
        page.getByLabel("Key").fill("no-key-of-these-tests");
        button("Sign in").click();
        page.getByLabel("Key").fill(VIEWER);
        button("Sign in").click();
        assertThat(row("locked-udp")).isVisible();
        assertThat(row("locked-tcp")).hasCount(0);
        consoleErrors.ignoreStatus(401);
    }

    private Locator link(String name) {
        return page.getByRole(AriaRole.LINK, new GetByRoleOptions().setName(name));
    }

    private void signIn(String key) {
        open("");
        page.getByLabel("Key").fill(key);
        button("Sign in").click();
        assertThat(row("locked-tcp")).isVisible();
    }
}
