package dev.canyon.settings;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The indexes of lists in one property source. Spring Boot ignores the elements after a gap if they are environment variables. It
 * takes a list from one source only.
 */
final class ListIndexes {

    /** {@code canyon.limits.ports[1]} or {@code CANYON_LIMITS_PORTS_1}, also with something below. */
    private static final Pattern ELEMENT = Pattern.compile("(.+?)(?:\\[(\\d{1,9})]|_(\\d{1,9})(?=_|$)).*");

    private final Map<String, TreeMap<Integer, String>> namesByIndex = new LinkedHashMap<>();

    void add(String name) {
        Matcher element = ELEMENT.matcher(name);
        if (element.matches()) {
            String index = element.group(2) == null ? element.group(3) : element.group(2);
            namesByIndex
                    .computeIfAbsent(element.group(1), list -> new TreeMap<>())
                    .putIfAbsent(Integer.valueOf(index), name);
        }
    }

    /** @throws InvalidPropertyException if an element is missing */
    void requireNoGap() {
        namesByIndex.forEach((list, names) -> {
            int missing = 0;
            while (names.containsKey(missing)) {
                missing++;
            }
            if (missing < names.size()) {
                throw new InvalidPropertyException(
                        list,
                        "element " + missing + " is missing, but "
                                + names.lastEntry().getValue()
                                + " is set (expected: elements numbered from 0 without a gap)");
            }
        });
    }
}
