package dev.canyon.logging;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Characters that end a line, move the cursor or hide text. Tabs are allowed. */
final class ControlCharacters {

    /** Includes the Unicode line separators and the characters that change the direction of text. */
    private static final Pattern ANY =
            Pattern.compile("[\\p{Cntrl}\u0080-\u009f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069&&[^\t]]");

    private ControlCharacters() {}

    /** Replaces each with its Java escape sequence. */
    static String escape(String text) {
        return ANY.matcher(text)
                .replaceAll(
                        match -> Matcher.quoteReplacement(escaped(match.group().charAt(0))));
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
