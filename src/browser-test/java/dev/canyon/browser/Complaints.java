package dev.canyon.browser;

import com.microsoft.playwright.Page;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** What a page should never do: errors on its console, and breaches of the Content Security Policy. */
final class Complaints {

    private static final String REPORT_BREACHES = "addEventListener('securitypolicyviolation', event => console.error("
            + "'policy: ' + event.violatedDirective + ' ' + event.blockedURI))";
    /** How Chromium tells of any answer from 400 on; whether that is right the test has to say. */
    private static final String REFUSED = "Failed to load resource: the server responded with a status of ";

    private final List<String> heard = new CopyOnWriteArrayList<>();

    Complaints(Page page) {
        page.addInitScript(REPORT_BREACHES);
        page.onConsoleMessage(message -> {
            if (message.type().equals("error") || message.type().equals("warning")) {
                heard.add(message.text());
            }
        });
        page.onPageError(heard::add);
    }

    /** Forgets refusals with this status, which the test has brought about. */
    void forgive(int status) {
        heard.removeIf(text -> text.startsWith(REFUSED + status));
    }

    /** Forgets that calls failed while there was no network. */
    void forgiveLostConnections() {
        heard.removeIf(text -> text.contains("net::ERR_"));
    }

    List<String> heard() {
        return List.copyOf(heard);
    }
}
