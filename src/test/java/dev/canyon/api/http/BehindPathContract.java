package dev.canyon.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.canyon.api.ApiTest;
import java.net.URI;
import java.net.http.HttpRequest;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.TestPropertySource;

/** Clients see the API at /canyon: all paths that it returns begin with it, and work. */
@TestPropertySource(
        properties = {
            "canyon.security.mode=key",
            "canyon.security.admin-key=" + BehindPathContract.ADMIN,
        })
abstract class BehindPathContract extends ApiTest {

    static final String ADMIN = "admin-key-of-the-tests";
    static final String PREFIX = "/canyon";

    /** A request as the server receives it, of a client that requests this path below the prefix. */
    abstract HttpRequest.Builder received(String path);

    @Override
    public HttpRequest.Builder request(String path) {
        return received(path).header("X-API-Key", ADMIN);
    }

    private Answer follow(String location) throws Exception {
        assertThat(location).startsWith(PREFIX + "/");
        return get(location.substring(PREFIX.length()));
    }

    @Test
    void theLocationOfAListenerHasThePrefix() throws Exception {
        Answer created = create("{\"name\":\"below\",\"protocol\":\"tcp\",\"port\":0}");
        assertThat(created.header("Location")).isEqualTo("/canyon/api/v1/listeners/below");
        assertThat(follow(created.header("Location")).at("/name").asString()).isEqualTo("below");

        Answer put = put("/api/v1/listeners/below-too", "{\"protocol\":\"udp\",\"port\":0}");
        assertThat(follow(put.header("Location")).at("/name").asString()).isEqualTo("below-too");
    }

    @Test
    void theLocationOfARunHasThePrefixAtOnceAndAfterAWait() throws Exception {
        String run = "{\"target\":{\"listener\":\""
                + create("{\"name\":\"below-run\",\"protocol\":\"tcp\",\"port\":0}")
                        .at("/name")
                        .asString()
                + "\"},\"messages\":1}";
        for (String query : new String[] {"", "?waitMs=60000"}) {
            Answer started = post("/api/v1/runs" + query, run);
            assertThat(follow(started.header("Location")).at("/id")).isEqualTo(started.at("/id"));
        }
    }

    @Test
    void theDocumentNamesThePrefixAsItsServer() throws Exception {
        assertThat(get("/v3/api-docs").at("/servers/0/url").asString()).isEqualTo(PREFIX);
    }

    @Test
    void theDashboardAndSwaggerUiAreFound() throws Exception {
        assertThat(get("/").status()).isEqualTo(200);
        assertThat(pathOf(get("/swagger-ui.html"))).isEqualTo("/canyon/swagger-ui/index.html");
        assertThat(get("/swagger-ui/index.html").header("Content-Security-Policy"))
                .contains("'unsafe-inline'");
        assertThat(text("/swagger-ui/swagger-initializer.js")).contains("/canyon/v3/api-docs");
    }

    @Test
    void linksInBodiesHaveThePrefix() throws Exception {
        assertThat(get("/api/v1/none").at("/detail").asString())
                .contains("/canyon/api/v1/none")
                .contains("/canyon/swagger-ui.html");
        assertThat(get("/api/v1/runs/none").at("/detail").asString()).contains("GET /canyon/api/v1/runs");
        assertThat(send(received("/api/v1/summary")).at("/detail").asString()).contains("/canyon/login");
        assertThat(get("/actuator").at("/_links/health/href").asString()).endsWith("/canyon/actuator/health");
    }

    @Test
    void browsersAreSentToTheSignInPageBelowThePrefix() throws Exception {
        assertThat(pathOf(send(received("/").header("Accept", "text/html")))).isEqualTo("/canyon/login");
        HttpRequest.Builder signIn = received("/login")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString("key=" + ADMIN));
        assertThat(pathOf(send(signIn))).isEqualTo("/canyon/");
    }

    private static String pathOf(Answer redirect) {
        return URI.create(redirect.header("Location")).getPath();
    }
}
