package dev.canyon.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType.LaunchOptions;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.Playwright.CreateOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The installed Chromium; Playwright does not download one. Confined to the thread that creates it. */
final class Chromium implements AutoCloseable {

    private static final String VARIABLE = "CHROMIUM";
    private static final List<String> DEFAULT_PATHS =
            List.of("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome");

    private final Playwright playwright;
    private final Browser browser;

    Chromium() {
        Path executable = executable();
        playwright = Playwright.create(new CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        browser = playwright
                .chromium()
                .launch(new LaunchOptions()
                        .setExecutablePath(executable)
                        .setArgs(List.of(
                                "--no-sandbox",
                                "--disable-gpu",
                                "--disable-quic",
                                "--disable-background-networking",
                                "--disable-component-update",
                                "--disable-sync",
                                "--no-first-run")));
    }

    Browser browser() {
        return browser;
    }

    private static Path executable() {
        String named = System.getenv(VARIABLE);
        return Stream.concat(Stream.ofNullable(named), DEFAULT_PATHS.stream())
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("the profile 'browser' requires Chromium, which was not found at "
                        + String.join(", ", DEFAULT_PATHS) + ": install it (Debian: apt-get install chromium) or set its path in "
                        + VARIABLE));
    }

    @Override
    public void close() {
        browser.close();
        playwright.close();
    }
}
