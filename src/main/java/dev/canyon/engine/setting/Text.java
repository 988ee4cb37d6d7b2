package dev.canyon.engine.setting;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Text.
 *
 * @param expected what the pattern means, for error messages
 * @param words the only values allowed; empty if any value that matches is
 */
public record Text(long minLength, long maxLength, Pattern pattern, String expected, List<String> words)
        implements ValueType {

    public static Text matching(long minLength, long maxLength, String pattern, String expected) {
        return new Text(minLength, maxLength, Pattern.compile(pattern, Pattern.DOTALL), expected, List.of());
    }

    public static Text oneOf(List<String> words) {
        return new Text(
                1,
                Integer.MAX_VALUE,
                Pattern.compile(String.join("|", words)),
                String.join(" or ", words),
                List.copyOf(words));
    }

    /** Whether the pattern restricts the text at all. */
    public boolean hasPattern() {
        return !expected.isEmpty();
    }

    @Override
    public String word() {
        return "string";
    }

    @Override
    public @Nullable Object read(Object plain, String path, FaultReport faults) {
        if (!(plain instanceof String text)) {
            faults.add(path, "must be text, not " + ValueType.show(plain));
            return null;
        }
        String fault = fault(text);
        if (fault != null) {
            faults.add(path, fault);
            return null;
        }
        return text;
    }

    @Override
    public Object write(Object value) {
        return value;
    }

    @Override
    public void check(Object value, String path, FaultReport faults) {
        String fault = fault((String) value);
        if (fault != null) {
            faults.add(path, fault);
        }
    }

    private @Nullable String fault(String text) {
        // An unpaired surrogate cannot be encoded as UTF-8.
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
            return "must not contain an unpaired surrogate";
        }
        if (hasPattern() && !pattern.matcher(text).matches()) {
            return "must be " + expected + ", not " + ValueType.show(text);
        }
        if (text.length() < minLength || text.length() > maxLength) {
            return "must have " + minLength + " to " + maxLength + " characters, not " + text.length();
        }
        return null;
    }
}
