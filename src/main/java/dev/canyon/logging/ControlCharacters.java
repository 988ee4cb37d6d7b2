package dev.canyon.logging;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What ends a line, moves the cursor or hides text, and does not belong into a message; tabs do. */
final class ControlCharacters {

    /** Also those of Unicode that some readers take for the end of a line, or that turn the direction of writing. */
    private static final Pattern ANY =
            Pattern.compile("[\\p{Cntrl}\u0080-\u009f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069&&[^\t]]");

    private ControlCharacters() {}

    /** Writes them as they are written in Java. */
    static String escape(String text) {
        return ANY.matcher(text)
                .replaceAll(
                        found -> Matcher.quoteReplacement(escaped(found.group().charAt(0))));
    }

    static @Nullable String escapeIfAny(@Nullable String text) {
        return text == null ? null : escape(text);
    }

    private static String escaped(char character) {
        return switch (character) {
            case '\n' -> "\\n";
            case '\r' -> "\\r";
            default -> String.format("\\u%04x", (int) character);
        };
    }
}
