package dev.canyon.engine.setting;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Pairs of texts. */
public record TextMap(long maxEntries, Text keys, Text values) implements ValueType {

    @Override
    public String word() {
        return "map";
    }

    @Override
    public @Nullable Object read(Object plain, String path, FaultReport faults) {
        if (!(plain instanceof Map<?, ?> map)) {
            faults.add(path, "must be an object, not " + ValueType.show(plain));
            return null;
        }
        FaultFlag flag = new FaultFlag(faults);
        checkSize(map, path, flag);
        Map<String, String> pairs = new LinkedHashMap<>();
        map.forEach((key, value) -> {
            String entry = path + "." + key;
            keys.read(key, entry, flag);
            if (value == null) {
                flag.add(entry, "must be text, not null");
            } else if (values.read(value, entry, flag) instanceof String text) {
                pairs.put((String) key, text);
            }
        });
        return flag.isRaised() ? null : Collections.unmodifiableMap(pairs);
    }

    @Override
    public Object write(Object value) {
        return value;
    }

    @Override
    public void check(Object value, String path, FaultReport faults) {
        Map<?, ?> map = (Map<?, ?>) value;
        checkSize(map, path, faults);
        map.forEach((key, text) -> {
            keys.check(key, path + "." + key, faults);
            values.check(text, path + "." + key, faults);
        });
    }

    private void checkSize(Map<?, ?> map, String path, FaultReport faults) {
        if (map.size() > maxEntries) {
            faults.add(path, "must have at most " + maxEntries + " entries, not " + map.size());
        }
    }

    @Override
    public Object fromText(String text) {
        return text.isBlank() ? Map.of() : text;
    }
}
