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

/** A window width and colour scheme. */
record Viewport(int width, ColorScheme scheme) {

    private static final Path SCREENSHOTS = Path.of("target/screenshots");
    private static final List<String> REPORTED_IMPACTS = List.of("serious", "critical");

    NewContextOptions options() {
        return new NewContextOptions()
                .setViewportSize(width, width < 500 ? 800 : 900)
                .setColorScheme(scheme);
    }

    /** Takes a screenshot and checks that the page fits into the window and has no serious accessibility violations. */
    void check(Page page, String name) {
        page.evaluate("scrollTo(0, 0)");
        page.screenshot(new ScreenshotOptions()
                .setPath(SCREENSHOTS.resolve(name + "-" + width + "-" + scheme.name().toLowerCase(Locale.ROOT) + ".png"))
                .setFullPage(!name.startsWith("new-")));
        assertThat((Boolean) page.evaluate("document.documentElement.scrollWidth <= innerWidth"))
                .as(name + " fits into the window")
                .isTrue();
        assertThat(new AxeBuilder(page)
                        // The default mode opens another page to support frames, which the dashboard does not use.
                        .setLegacyMode(true)
                        .withTags(List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"))
                        .analyze()
                        .getViolations()
                        .stream()
                        .filter(rule -> REPORTED_IMPACTS.contains(rule.getImpact()))
                        .map(rule -> rule.getId() + " " + rule.getNodes().get(0).getHtml() + " "
                                + rule.getNodes().get(0).getFailureSummary()))
                .as(name)
                .isEmpty();
    }
}
