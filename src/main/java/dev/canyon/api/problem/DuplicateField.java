package dev.canyon.api.problem;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds the field's name in Jackson's complaint about a key that appears twice; Jackson gives it nowhere else. */
public final class DuplicateField {

    private static final Pattern COMPLAINT = Pattern.compile("Duplicate Object property \"(.*)\"");

    private DuplicateField() {}

    public static @Nullable String nameIn(String message) {
        Matcher matcher = COMPLAINT.matcher(message);
        return matcher.find() ? matcher.group(1) : null;
    }
}
