package dev.canyon.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.canyon.api.RawHttp;
import java.io.InputStream;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** The API over HTTPS, configured as in the README, with a certificate generated for the test. */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "canyon.default-listeners=false",
            "canyon.security.mode=key",
            "canyon.security.admin-key=" + KeyTest.ADMIN,
            "server.ssl.bundle=api",
        })
@ExtendWith(OutputCaptureExtension.class)
class HttpsTest {

    private static final String PASSWORD = "changeit";

    @TempDir
    static Path directory;

    @LocalServerPort
    int port;

    @DynamicPropertySource
    static void certificate(DynamicPropertyRegistry properties) throws Exception {
        Path store = directory.resolve("api.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "api",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "SAN=ip:127.0.0.1",
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        PASSWORD,
                        "-keystore",
                        store.toString())
                .inheritIO()
                .start();
        assertThat(keytool.waitFor()).isZero();
        properties.add("spring.ssl.bundle.jks.api.keystore.location", () -> "file:" + store);
        properties.add("spring.ssl.bundle.jks.api.keystore.password", () -> PASSWORD);
        properties.add("spring.ssl.bundle.jks.api.keystore.type", () -> "PKCS12");
    }

    @Test
    void keysAndSessionsWorkOverHttps() throws Exception {
        HttpClient client = HttpClient.newBuilder()
                .sslContext(trusting(directory.resolve("api.p12")))
                .cookieHandler(new CookieManager())
                .build();
        HttpResponse<String> withKey = client.send(
                request("/api/v1/summary").header("X-API-Key", KeyTest.ADMIN).build(), BodyHandlers.ofString());
        assertThat(withKey.statusCode()).isEqualTo(200);

        HttpRequest signIn = request("/login")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("Origin", "https://127.0.0.1:" + port)
                .POST(BodyPublishers.ofString("key=" + KeyTest.ADMIN))
                .build();
        assertThat(client.send(signIn, BodyHandlers.ofString()).headers().allValues("Set-Cookie"))
                .anySatisfy(cookie ->
                        assertThat(cookie).startsWith("canyon-session=").contains("Secure"));
        HttpResponse<String> inSession = client.send(request("/api/v1/summary").build(), BodyHandlers.ofString());
        assertThat(inSession.statusCode()).isEqualTo(200);
        assertThat(inSession.headers().allValues("Set-Cookie"))
                .anySatisfy(
                        cookie -> assertThat(cookie).startsWith("XSRF-TOKEN=").contains("Secure"));

        HttpRequest fromPlainPage = request("/login")
                .header("Origin", "http://127.0.0.1:" + port)
                .POST(BodyPublishers.noBody())
                .build();
        assertThat(client.send(fromPlainPage, BodyHandlers.ofString()).body()).contains("cross-origin");
    }

    @Test
    void plainHttpIsToldToUseTls(CapturedOutput output) throws Exception {
        for (String head : List.of("GET /api/v1/summary HTTP/1.1", "GET / HTTP/1.0")) {
            RawHttp.Answer answer = new RawHttp(port).send(head, "Host: localhost");
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.text()).endsWith("This combination of host and port requires TLS.\r\n");
        }
        // Only what Tomcat logs: the listeners of other tests' cached contexts go on writing to the same output.
        assertThat(output.getAll().lines().filter(line -> line.contains(" o.a.") || line.contains("\tat org.apache")))
                .noneMatch(line -> line.contains(" WARN ") || line.contains(" ERROR ") || line.startsWith("\tat "));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + port + path));
    }

    private static SSLContext trusting(Path store) throws Exception {
        KeyStore certificates = KeyStore.getInstance("PKCS12");
        try (InputStream bytes = Files.newInputStream(store)) {
            certificates.load(bytes, PASSWORD.toCharArray());
        }
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("api", certificates.getCertificate("api"));
        TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        managers.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, managers.getTrustManagers(), null);
        return context;
    }
}
