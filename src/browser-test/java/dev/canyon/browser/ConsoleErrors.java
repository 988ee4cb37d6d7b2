package dev.canyon.browser;

import com.microsoft.playwright.Page;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The errors and warnings on the console of a page, including Content Security Policy violations. */
final class ConsoleErrors {

    private static final String REPORT_VIOLATIONS = "addEventListener('securitypolicyviolation', event => console.error("
            + "'policy: ' + event.violatedDirective + ' ' + event.blockedURI))";
    /** Chromium's message for any response status of 400 and above. A test ignores the ones it expects. */
    private static final String ERROR_RESPONSE = "Failed to load resource: the server responded with a status of ";

    private final List<String> messages = new CopyOnWriteArrayList<>();

    ConsoleErrors(Page page) {
        page.addInitScript(REPORT_VIOLATIONS);
        page.onConsoleMessage(message -> {
            if (message.type().equals("error") || message.type().equals("warning")) {
                messages.add(message.text());
            }
        });
        page.onPageError(messages::add);
    }

    /** Ignores the responses with this status received so far, which the test expects. */
    void ignoreStatus(int status) {
        messages.removeIf(text -> text.startsWith(ERROR_RESPONSE + status));
    }

    /** Ignores the requests that failed so far because the test was offline. */
    void ignoreNetworkErrors() {
        messages.removeIf(text -> text.contains("net::ERR_"));
    }

    List<String> messages() {
        return List.copyOf(messages);
    }
}
