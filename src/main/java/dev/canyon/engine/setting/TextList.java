package dev.canyon.engine.setting;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A list of texts, none of which occurs twice. */
public record TextList(long minEntries, long maxEntries, Text element) implements ValueType {

    @Override
    public String word() {
        return "list";
    }

    @Override
    public @Nullable Object read(Object plain, String path, FaultReport faults) {
        if (!(plain instanceof List<?> list)) {
            faults.add(path, "must be a list, not " + ValueType.show(plain));
            return null;
        }
        FaultFlag flag = new FaultFlag(faults);
        checkSize(list, path, flag);
        List<String> texts = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < list.size(); i++) {
            String place = path + "[" + i + "]";
            if (list.get(i) == null) {
                flag.add(place, "must be text, not null");
            } else if (element.read(list.get(i), place, flag) instanceof String text) {
                if (!seen.add(text)) {
                    flag.add(place, "is in the list already: " + ValueType.show(text));
                }
                texts.add(text);
            }
        }
        return flag.isRaised() ? null : List.copyOf(texts);
    }

    @Override
    public Object write(Object value) {
        return value;
    }

    @Override
    public void check(Object value, String path, FaultReport faults) {
        read(value, path, faults);
    }

    private void checkSize(List<?> list, String path, FaultReport faults) {
        if (list.size() < minEntries || list.size() > maxEntries) {
            faults.add(path, "must have " + minEntries + " to " + maxEntries + " entries, not " + list.size());
        }
    }

    /** Separated by commas. */
    @Override
    public Object fromText(String text) {
        return text.isBlank()
                ? List.of()
                : Arrays.stream(text.split(",")).map(String::strip).toList();
    }
}
