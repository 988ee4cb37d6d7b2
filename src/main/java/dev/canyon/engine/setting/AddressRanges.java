package dev.canyon.engine.setting;

import dev.canyon.net.Cidr;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A list of address ranges in CIDR notation. */
public record AddressRanges(long maxEntries) implements ValueType {

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
        check(list, path, flag);
        List<Cidr> ranges = new ArrayList<>();
        for (int i = 0; i < list.size(); i++) {
            String element = path + "[" + i + "]";
            if (list.get(i) instanceof String text) {
                try {
                    ranges.add(Cidr.parse(text));
                } catch (IllegalArgumentException ex) {
                    flag.add(element, String.valueOf(ex.getMessage()));
                }
            } else {
                flag.add(element, "must be text, not " + ValueType.show(list.get(i)));
            }
        }
        return flag.isRaised() ? null : List.copyOf(ranges);
    }

    @Override
    public Object write(Object value) {
        return ((List<?>) value).stream().map(String::valueOf).toList();
    }

    @Override
    public void check(Object value, String path, FaultReport faults) {
        int size = ((List<?>) value).size();
        if (size > maxEntries) {
            faults.add(path, "must have at most " + maxEntries + " entries, not " + size);
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
