package dev.canyon.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page.GetByRoleOptions;
import com.microsoft.playwright.options.AriaRole;
import java.net.http.HttpRequest;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.TestPropertySource;

/** The dashboard, the sign-in page and Swagger UI below a path. */
@TestPropertySource(
        properties = {
            "canyon.listeners[0].name=below-tcp",
            "canyon.listeners[1].name=below-udp",
            "canyon.security.mode=key",
            "canyon.security.admin-key=" + SignInBrowserTest.ADMIN,
            "server.servlet.context-path=/canyon",
        })
class ContextPathBrowserTest extends BrowserTest {

    @Override
    HttpRequest.Builder request(String path) {
        return super.request(path).header("X-API-Key", SignInBrowserTest.ADMIN);
    }

    @Test
    void signsInChangesAListenerAndSignsOut() {
        signIn();
        button("Stop below-tcp").click();
        assertThat(row("below-tcp")).containsText("stopped");
        row("below-tcp")
                .getByRole(AriaRole.LINK, new Locator.GetByRoleOptions().setName("below-tcp"))
                .first()
                .click();
        assertThat(heading("below-tcp")).isVisible();
        assertThat(page.getByLabel("As curl")).containsText("/canyon/api/v1/listeners/below-tcp");

        page.getByRole(AriaRole.LINK, new GetByRoleOptions().setName("Sign out"))
                .click();
        button("Sign out").click();
        assertThat(page).hasURL(Pattern.compile(".*/canyon/login"));
    }

    @Test
    void executesAnOperationInSwaggerUi() {
        // Swagger UI takes a while to lay out a page of this size.
        page.setDefaultTimeout(60_000);
        signIn();
        page.getByRole(
                        AriaRole.LINK, new GetByRoleOptions().setName("API").setExact(true))
                .click();
        Locator summary = page.locator("#operations-Summary-getSummary");
        summary.locator(".opblock-summary-control").click();
        summary.locator(".execute").click();
        Locator response = summary.locator(".live-responses-table .response .response-col_status");
        response.waitFor();
        assertThat(response).containsText("200");
        assertThat(summary.locator(".request-url")).containsText("/canyon/api/v1/summary");
    }

    private void signIn() {
        open("");
        page.getByLabel("Key").fill(SignInBrowserTest.ADMIN);
        button("Sign in").click();
        assertThat(row("below-tcp")).isVisible();
    }
}
