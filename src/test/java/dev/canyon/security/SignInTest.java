package dev.canyon.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Browsers sign in with a key and receive a session. */
class SignInTest extends KeyTest {

    private static final String STOP = "/api/v1/listeners/access-test-declared/stop";
    private static final String START = "/api/v1/listeners/access-test-declared/start";

    private CookieManager cookies;
    private HttpClient browser;

    @BeforeEach
    void openABrowser() {
        cookies = new CookieManager();
        browser = HttpClient.newBuilder().cookieHandler(cookies).build();
    }

    @Test
    void theSessionGrantsTheAccessOfTheKey() throws Exception {
        HttpResponse<String> signedIn = signIn(VIEWER);
        assertThat(signedIn.statusCode()).isEqualTo(302);
        assertThat(signedIn.headers().firstValue("Location")).hasValue("/");
        assertThat(browse("/api/v1/summary").statusCode()).isEqualTo(200);
        assertThat(browse("/v3/api-docs").statusCode()).isEqualTo(200);
        assertThat(browse("/swagger-ui/index.html").statusCode()).isEqualTo(200);
        assertThat(browse("/login").body()).contains("signed in as viewer");
        assertThat(browse("/api/v1/listeners/access-test-declared/capture/messages")
                        .statusCode())
                .isEqualTo(403);
        assertThat(change(START, cookie("XSRF-TOKEN")).body()).contains("\"forbidden\"", "admin key");
    }

    @Test
    void theSessionCookieIsSameSiteAndHttpOnly() throws Exception {
        assertThat(setCookies(signIn(ADMIN)))
                .anySatisfy(cookie ->
                        assertThat(cookie).startsWith("canyon-session=").contains("HttpOnly", "SameSite=Strict"));
        assertThat(setCookies(browse("/api/v1/summary")))
                .anySatisfy(cookie -> assertThat(cookie)
                        .startsWith("XSRF-TOKEN=")
                        .contains("SameSite=Strict")
                        .doesNotContain("HttpOnly"));
    }

    @Test
    void aChangeRequiresTheCsrfToken() throws Exception {
        signIn(ADMIN);
        browse("/api/v1/summary");
        assertThat(change(STOP, null).statusCode()).isEqualTo(403);
        assertThat(change(STOP, "forged").statusCode()).isEqualTo(403);
        assertThat(browse("/api/v1/listeners/access-test-declared").body()).contains("\"running\"");
        assertThat(change(START, cookie("XSRF-TOKEN")).statusCode()).isEqualTo(200);
        HttpRequest foreign = request(STOP)
                .header("X-XSRF-TOKEN", cookie("XSRF-TOKEN"))
                .header("Origin", "http://evil.example")
                .POST(BodyPublishers.noBody())
                .build();
        assertThat(browser.send(foreign, BodyHandlers.ofString()).body()).contains("cross-origin");
    }

    @Test
    void signingInReplacesAnExistingSession() throws Exception {
        signIn(VIEWER);
        String known = cookie("canyon-session");
        signIn(ADMIN);
        assertThat(cookie("canyon-session")).isNotEqualTo(known);
        assertThat(send(request("/api/v1/summary").header("Cookie", "canyon-session=" + known))
                        .status())
                .isEqualTo(401);

        HttpRequest planted = signInWith(ADMIN)
                .header("Cookie", "canyon-session=0123456789ABCDEF0123456789ABCDEF")
                .build();
        assertThat(setCookies(HttpClient.newHttpClient().send(planted, BodyHandlers.ofString())))
                .anySatisfy(cookie -> assertThat(cookie)
                        .startsWith("canyon-session=")
                        .doesNotContain("0123456789ABCDEF0123456789ABCDEF"));
    }

    @Test
    void aKeyInTheUrlIsRejected() throws Exception {
        Answer answer = send(request("/login?key=" + ADMIN).POST(HttpRequest.BodyPublishers.noBody()));
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.at("/detail").stringValue()).contains("in the form");
        assertThat(answer.body().toString()).doesNotContain(ADMIN);
    }

    @Test
    void signingOutEndsTheSession() throws Exception {
        signIn(ADMIN);
        String session = cookie("canyon-session");
        String page = browse("/login").body();
        String token = page.replaceAll("(?s).*name=\"_csrf\" value=\"([^\"]+)\".*", "$1");
        HttpRequest signOut = request("/logout")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("_csrf=" + token))
                .build();
        assertThat(browser.send(signOut, BodyHandlers.discarding()).statusCode())
                .isEqualTo(302);
        assertThat(send(request("/api/v1/summary").header("Cookie", "canyon-session=" + session))
                        .status())
                .isEqualTo(401);
    }

    @Test
    void onlySigningInCreatesASession() throws Exception {
        assertThat(setCookies(browse("/login"))).isEmpty();
        assertThat(setCookies(browse("/api/v1/summary"))).isEmpty();
        assertThat(setCookies(browse("/actuator/health/liveness"))).isEmpty();
        HttpResponse<String> wrong = signIn("wrong-key-of-the-tests");
        assertThat(wrong.statusCode()).isEqualTo(401);
        assertThat(wrong.body()).contains("The key is not valid").doesNotContain("wrong-key-of-the-tests");
        assertThat(setCookies(wrong)).isEmpty();
        HttpRequest withKey =
                request("/api/v1/summary").header("X-API-Key", ADMIN).build();
        assertThat(setCookies(browser.send(withKey, BodyHandlers.ofString()))).isEmpty();
    }

    @Test
    void thePageHasNoScriptsAndNoExternalResources() throws Exception {
        assertThat(browse("/login").body())
                .contains("<form method=\"post\">")
                .doesNotContain("<script", "<style", "style=", "http://", "https://");
        assertThat(browse("/login.css").statusCode()).isEqualTo(200);
    }

    @Test
    void eventStreamsAcceptASession() throws Exception {
        signIn(VIEWER);
        HttpRequest follow = request("/api/v1/events")
                .header("Accept", "text/event-stream")
                .header("Last-Event-ID", "1")
                .build();
        HttpResponse<InputStream> stream = browser.send(follow, BodyHandlers.ofInputStream());
        try (InputStream events = stream.body()) {
            assertThat(stream.statusCode()).isEqualTo(200);
            assertThat(events.read()).isPositive();
        }
    }

    private HttpResponse<String> signIn(String key) throws Exception {
        return browser.send(signInWith(key).build(), BodyHandlers.ofString());
    }

    private HttpRequest.Builder signInWith(String key) {
        return request("/login")
                .header("Accept", "text/html")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("Origin", "http://127.0.0.1:" + serverPort)
                .POST(BodyPublishers.ofString("key=" + key));
    }

    private HttpResponse<String> browse(String path) throws Exception {
        return browser.send(request(path).header("Accept", "*/*").build(), BodyHandlers.ofString());
    }

    private HttpResponse<String> change(String path, @Nullable String token) throws Exception {
        HttpRequest.Builder request = request(path).POST(BodyPublishers.noBody());
        if (token != null) {
            request.header("X-XSRF-TOKEN", token);
        }
        return browser.send(request.build(), BodyHandlers.ofString());
    }

    private String cookie(String name) {
        return cookies.getCookieStore().get(URI.create("http://127.0.0.1/")).stream()
                .filter(cookie -> cookie.getName().equals(name))
                .findFirst()
                .orElseThrow()
                .getValue();
    }

    private static List<String> setCookies(HttpResponse<?> answer) {
        return answer.headers().allValues("Set-Cookie");
    }
}
