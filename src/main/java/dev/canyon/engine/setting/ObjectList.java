package dev.canyon.engine.setting;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A list of objects of several kinds, which one of their fields tells apart.
 *
 * @param maxEntries the maximum length
 * @param format reads and writes one object
 */
public record ObjectList(int maxEntries, Format format) implements ValueType {

    /** Reads and writes one object of a list. */
    public interface Format {

        /** The name of the field that tells the kinds apart. */
        String discriminator();

        /** The fields of each kind, by the value of the discriminator; without the discriminator itself. */
        Map<String, FieldSet> kinds();

        /**
         * Reads an object strictly.
         *
         * @param prefix the path of the object, with a dot at its end
         * @param taken ids of other objects of the list; that of the object is added
         * @return null if an error was reported
         */
        @Nullable
        Object read(Map<?, ?> plain, String prefix, Set<String> taken, FaultReport faults);

        /** The opposite of {@link #read}. */
        Map<String, Object> write(Object value);
    }

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
        List<Object> objects = new ArrayList<>();
        Set<String> taken = new HashSet<>();
        for (int i = 0; i < list.size(); i++) {
            String element = path + "[" + i + "]";
            if (list.get(i) instanceof Map<?, ?> map) {
                Object read = format.read(map, element + ".", taken, flag);
                if (read != null) {
                    objects.add(read);
                }
            } else {
                flag.add(element, "must be an object, not " + ValueType.show(list.get(i)));
            }
        }
        return flag.isRaised() ? null : List.copyOf(objects);
    }

    @Override
    public Object write(Object value) {
        return ((List<?>) value).stream().map(format::write).toList();
    }

    @Override
    public void check(Object value, String path, FaultReport faults) {
        int size = ((List<?>) value).size();
        if (size > maxEntries) {
            faults.add(path, "must have at most " + maxEntries + " entries, not " + size);
        }
    }

    /** Empty text stands for an empty list. */
    @Override
    public Object fromText(String text) {
        return text.isBlank() ? List.of() : text;
    }
}
