package dev.canyon.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page.GetByRoleOptions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.net.http.HttpRequest;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.test.context.TestPropertySource;

/** With keys, the dashboard is behind the sign-in, and its changes carry the token of the session. */
@TestPropertySource(
        properties = {
            "canyon.listeners[0].name=behind-keys",
            "canyon.listeners[1].name=behind-keys-too",
            "canyon.listeners[2].name=astray",
            "canyon.listeners[2].protocol=tcp",
            // Set aside for documentation (RFC 5737), so no address of this machine.
            "canyon.listeners[2].host=192.0.2.1",
            "canyon.listeners[2].port=7007",
            "canyon.security.mode=key",
            "canyon.security.admin-key=" + SignInBrowserTest.ADMIN,
            "canyon.security.viewer-key=" + SignInBrowserTest.VIEWER,
        })
class SignInBrowserTest extends BrowserTest {

    static final String ADMIN = "admin-key-of-the-tests";
    static final String VIEWER = "viewer-key-of-the-tests";

    @Override
    HttpRequest.Builder request(String path) {
        return super.request(path).header("X-API-Key", ADMIN);
    }

    @Test
    void anAdminSignsInAndStopsAListener() {
        signIn(ADMIN);
        button("Stop behind-keys").click();
        assertThat(row("behind-keys")).containsText("stopped");
    }

    @Test
    void aViewerSeesAllAndIsToldWhatNeedsTheAdmin() {
        signIn(VIEWER);
        button("Stop behind-keys").click();
        assertThat(page.locator(".toast")).containsText("admin key");
        assertThat(row("behind-keys")).containsText("running");
        complaints.forgive(403);
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
    void whoseSessionIsOverSignsInAgain() {
        signIn(ADMIN);
        page.context().clearCookies();
        assertThat(button("Sign in")).isVisible();
        complaints.forgive(401);
    }

    @ParameterizedTest
    @CsvSource({"375, LIGHT", "375, DARK", "1440, LIGHT", "1440, DARK"})
    void isThereForEverybody(int width, ColorScheme scheme) {
        Looks looks = reopen(width, scheme);
        open("");
        page.getByLabel("Key").fill("no-key-at-all");
        button("Sign in").click();
        assertThat(page.getByRole(AriaRole.ALERT)).containsText("key");
        looks.keep(page, "sign-in");
        complaints.forgive(401);

        signIn(ADMIN);
        assertThat(row("astray")).containsText("failed");
        open("#/listeners/astray");
        assertThat(page.getByText("It could not be opened")).isVisible();
        assertThat(page.locator(".title")).hasText(Pattern.compile("astray\\s*failed"));
        looks.keep(page, "failed-listener");
    }

    @Test
    void signingInLeadsToTheAddressThatWasAskedFor() {
        open("#/?text=too");
        page.getByLabel("Key").fill("no-key-of-these-tests");
        button("Sign in").click();
        page.getByLabel("Key").fill(VIEWER);
        button("Sign in").click();
        assertThat(row("behind-keys-too")).isVisible();
        assertThat(row("behind-keys")).hasCount(0);
        complaints.forgive(401);
    }

    private Locator link(String name) {
        return page.getByRole(AriaRole.LINK, new GetByRoleOptions().setName(name));
    }

    private void signIn(String key) {
        open("");
        page.getByLabel("Key").fill(key);
        button("Sign in").click();
        assertThat(row("behind-keys")).isVisible();
    }
}
