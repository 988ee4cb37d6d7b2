package dev.canyon.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import java.net.http.HttpRequest;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.TestPropertySource;

/** With keys, the dashboard is behind the sign-in, and its changes carry the token of the session. */
@TestPropertySource(
        properties = {
            "canyon.listeners[0].name=behind-keys",
            "canyon.listeners[1].name=behind-keys-too",
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
    void whoseSessionIsOverSignsInAgain() {
        signIn(ADMIN);
        page.context().clearCookies();
        assertThat(button("Sign in")).isVisible();
        complaints.forgive(401);
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

    private void signIn(String key) {
        open("");
        page.getByLabel("Key").fill(key);
        button("Sign in").click();
        assertThat(row("behind-keys")).isVisible();
    }
}
