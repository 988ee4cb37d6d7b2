package dev.canyon.observe;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A response of {@code /actuator/prometheus}. */
public record Scrape(String text) {

    private static final Pattern SAMPLE = Pattern.compile("(\\w+)(?:\\{(.*)})? (\\S+)");
    private static final Pattern TAG = Pattern.compile("(\\w+)=\"([^\"]*)\"");

    /** A sample with its tags. */
    public record Sample(String name, Map<String, String> tags, double value) {}

    public List<Sample> samples() {
        return Arrays.stream(text.split("\n", -1))
                .filter(line -> !line.startsWith("#"))
                .map(SAMPLE::matcher)
                .filter(Matcher::matches)
                .map(line -> new Sample(line.group(1), tags(line.group(2)), Double.parseDouble(line.group(3))))
                .toList();
    }

    private static Map<String, String> tags(String braced) {
        Map<String, String> tags = new TreeMap<>();
        TAG.matcher(braced == null ? "" : braced).results().forEach(tag -> tags.put(tag.group(1), tag.group(2)));
        return tags;
    }

    public Set<String> names() {
        return samples().stream().map(Sample::name).collect(Collectors.toCollection(TreeSet::new));
    }

    /** The metrics of Canyon and their types, by name. */
    public Map<String, String> canyonTypes() {
        return Arrays.stream(text.split("\n", -1))
                .filter(line -> line.startsWith("# TYPE canyon_"))
                .map(line -> line.split(" ", -1))
                .collect(Collectors.toMap(words -> words[2], words -> words[3], (one, other) -> one, TreeMap::new));
    }

    /** @param tags alternating names and values that the sample must have */
    public List<Sample> of(String name, String... tags) {
        return samples().stream()
                .filter(sample -> sample.name().equals(name))
                .filter(sample -> {
                    for (int i = 0; i < tags.length; i += 2) {
                        if (!tags[i + 1].equals(sample.tags().get(tags[i]))) {
                            return false;
                        }
                    }
                    return true;
                })
                .toList();
    }

    public double value(String name, String... tags) {
        List<Sample> found = of(name, tags);
        if (found.size() != 1) {
            throw new AssertionError(
                    "expected one sample of " + name + " " + Arrays.toString(tags) + ", found " + found);
        }
        return found.get(0).value();
    }
}
