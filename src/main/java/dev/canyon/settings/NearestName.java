package dev.canyon.settings;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.commons.text.similarity.LevenshteinDistance;

/**
 * Finds the property that was meant by a misspelled one: that with the smallest edit distance, where a missing or surplus segment
 * ({@code canyon.max-listeners} for {@code canyon.limits.max-listeners}) counts as one edit, and a missing part of the last segment
 * ({@code tcp.timeout} for {@code tcp.idle-timeout-ms}) half.
 */
final class NearestName {

    private static final String INDEX = "[*]";
    private static final Pattern NUMBER = Pattern.compile("\\d+");

    /** A short word that is left of a name when a segment is removed is similar to too many. */
    private static final int MIN_LETTERS = 6;

    private static final int MIN_PART = 5;

    private final List<Form> misspelled;
    private final String written;

    /**
     * A name, or a name without one of its segments.
     *
     * @param letters in lower case, without separators, indexes and the common prefix
     * @param last the last segment in the same form
     * @param edits that led to this form
     */
    private record Form(String letters, String last, int edits) {

        Match with(String name, Form meant) {
            double distance =
                    LevenshteinDistance.getDefaultInstance().apply(letters, meant.letters) + edits + meant.edits;
            boolean partOfLast = last.length() >= MIN_PART && meant.last.contains(last);
            return new Match(
                    name,
                    distance - (partOfLast ? (meant.last.length() - last.length()) / 2.0 : 0),
                    Math.max(letters.length(), meant.letters.length()));
        }
    }

    /** @param length of the longer one of the compared forms */
    private record Match(String name, double distance, int length) {

        boolean isSimilar() {
            return distance * 2 <= length;
        }
    }

    /** @param name in any form that Spring Boot accepts */
    NearestName(String name) {
        this.written = name;
        this.misspelled = forms(name);
    }

    /** Returns the nearest of the names, with the indexes as written; empty if more than half of its characters differ. */
    Optional<String> among(List<String> names) {
        return names.stream()
                .flatMap(this::matches)
                .filter(Match::isSimilar)
                .min(Comparator.comparingDouble(Match::distance))
                .map(match -> indexed(match.name));
    }

    /** One segment may be missing or surplus, not both. */
    private Stream<Match> matches(String name) {
        return forms(name).stream()
                .flatMap(meant -> misspelled.stream()
                        .filter(form -> form.edits + meant.edits <= 1)
                        .map(form -> form.with(name, meant)));
    }

    /** The name first. Nothing can be removed from an environment variable: where its segments end is unknown. */
    private static List<Form> forms(String name) {
        List<String> segments = Arrays.stream(withoutPrefix(name).split("\\."))
                .map(NearestName::letters)
                .toList();
        List<Form> forms = new ArrayList<>();
        String last = segments.get(segments.size() - 1);
        forms.add(new Form(String.join("", segments), last, 0));
        for (int removed = 0; removed < segments.size() - 1; removed++) {
            List<String> left = new ArrayList<>(segments);
            left.remove(removed);
            String letters = String.join("", left);
            if (letters.length() >= MIN_LETTERS) {
                forms.add(new Form(letters, last, 1));
            }
        }
        return forms;
    }

    private String indexed(String name) {
        Matcher indexes = NUMBER.matcher(written);
        String filled = name;
        while (filled.contains(INDEX) && indexes.find()) {
            filled = filled.replace(INDEX, "[" + indexes.group() + "]");
        }
        return filled;
    }

    /** All names share the prefix, so it must not count towards their similarity. */
    private static String withoutPrefix(String name) {
        return name.substring(PropertyNames.PREFIX.length() + 1);
    }

    private static String letters(String text) {
        return PropertyNames.normalized(text).replaceAll("[0-9]", "");
    }
}
