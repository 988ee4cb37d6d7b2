package dev.canyon.api.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.canyon.api.ApiTest;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** How the files of the dashboard are served. */
class DashboardTest extends ApiTest {

    private static final Path STATIC = Path.of("src/main/resources/static");
    private static final int MAX_BYTES = 150_000;

    @Test
    void isServedAtTheRoot() throws Exception {
        HttpResponse<byte[]> page = fetch("/");
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.headers().firstValue("Content-Type")).hasValue("text/html;charset=UTF-8");
    }

    @Test
    void isRevalidatedAndSentOnlyIfModified() throws Exception {
        for (String path :
                List.of("/", "/app/main.js", "/app/definition.json", "/vendor/uplot-1.6.32.js", "/login.css")) {
            HttpResponse<byte[]> first = fetch(path);
            assertThat(first.headers().firstValue("Cache-Control")).as(path).hasValue("no-cache");
            String tag = first.headers().firstValue("ETag").orElseThrow();
            HttpResponse<byte[]> second = fetch(path, "If-None-Match", tag);
            assertThat(second.statusCode()).as(path).isEqualTo(304);
            assertThat(second.body()).as(path).isEmpty();
            assertThat(fetch(path, "If-None-Match", "W/\"older\"").statusCode())
                    .as(path)
                    .isEqualTo(200);
        }
    }

    @Test
    void isSmall() throws Exception {
        int bytes = 0;
        for (String path : files()) {
            HttpResponse<byte[]> file = fetch(path, "Accept-Encoding", "gzip");
            assertThat(file.statusCode()).as(path).isEqualTo(200);
            bytes += file.body().length;
        }
        assertThat(bytes).as("compressed, all views").isBetween(30_000, MAX_BYTES);
    }

    @Test
    void hasNoInlineCodeAndLoadsNothingFromOtherOrigins() throws Exception {
        String page = Files.readString(STATIC.resolve("index.html"));
        assertThat(page).doesNotContain("<style", "style=", "<script>", "onload=", "http://", "https://", "\"//");
        for (String path : files()) {
            if (path.startsWith("/app/")) {
                assertThat(Files.readString(STATIC.resolve(path.substring(1))))
                        .as(path)
                        .doesNotContain("https://", "innerHTML", "dangerouslySetInnerHTML", "eval(");
            }
        }
    }

    private static List<String> files() throws Exception {
        try (Stream<Path> files = Files.walk(STATIC)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> "/" + STATIC.relativize(file))
                    .filter(path -> !path.endsWith(".txt") && !path.endsWith(".md") && !path.equals("/login.css"))
                    .toList();
        }
    }

    private HttpResponse<byte[]> fetch(String path, String... headers) throws Exception {
        var request = request(path);
        if (headers.length > 0) {
            request.headers(headers);
        }
        return HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofByteArray());
    }
}
