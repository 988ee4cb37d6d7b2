package dev.canyon.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.ScreenshotOptions;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** How somebody sees the dashboard: as narrow or wide, and as light or dark as they have it. */
record Looks(int width, ColorScheme scheme) {

    private static final Path PICTURES = Path.of("target/screenshots");
    private static final List<String> BARRIERS = List.of("serious", "critical");

    NewContextOptions options() {
        return new NewContextOptions()
                .setViewportSize(width, width < 500 ? 800 : 900)
                .setColorScheme(scheme);
    }

    /** Keeps a picture of the page, which has to be no wider than the window and to shut nobody out. */
    void keep(Page page, String name) {
        page.evaluate("scrollTo(0, 0)");
        page.screenshot(new ScreenshotOptions()
                .setPath(PICTURES.resolve(name + "-" + width + "-" + scheme.name().toLowerCase(Locale.ROOT) + ".png"))
                .setFullPage(!name.startsWith("new-")));
        assertThat((Boolean) page.evaluate("document.documentElement.scrollWidth <= innerWidth"))
                .as(name + " is no wider than the window")
                .isTrue();
        assertThat(new AxeBuilder(page)
                        // There are no frames, for which the newer way opens another page.
                        .setLegacyMode(true)
                        .withTags(List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"))
                        .analyze()
                        .getViolations()
                        .stream()
                        .filter(rule -> BARRIERS.contains(rule.getImpact()))
                        .map(rule -> rule.getId() + " " + rule.getNodes().get(0).getHtml() + " "
                                + rule.getNodes().get(0).getFailureSummary()))
                .as(name)
                .isEmpty();
    }
}
