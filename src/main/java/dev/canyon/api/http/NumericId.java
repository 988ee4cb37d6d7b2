package dev.canyon.api.http;

import java.util.OptionalLong;
import java.util.regex.Pattern;

/** Ids of events and connections: positive decimal numbers of at most 18 digits, which fit into a {@code long}. */
public final class NumericId {

    private static final Pattern FORM = Pattern.compile("[1-9][0-9]{0,17}");

    private NumericId() {}

    /** @return empty if the text is not an id as the API writes it */
    public static OptionalLong parse(String text) {
        return FORM.matcher(text).matches() ? OptionalLong.of(Long.parseLong(text)) : OptionalLong.empty();
    }
}
