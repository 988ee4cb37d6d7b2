package dev.canyon.engine.setting;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The type of a field: converts between plain values (numbers, booleans, text, lists and maps, as a JSON parser returns
 * them) and values of record components.
 */
public sealed interface ValueType
        permits WholeNumber,
                DecimalNumber,
                Flag,
                Choice,
                Text,
                TextList,
                TextMap,
                AddressRanges,
                Block,
                OneOf,
                ObjectList {

    /** Characters of a value that an error message repeats. */
    int MAX_SHOWN = 40;

    /** {@code integer}, {@code number}, {@code boolean}, {@code string}, {@code map}, {@code list}, {@code object} or {@code kinds}. */
    String word();

    /**
     * Reads a plain value strictly: no conversion between types.
     *
     * @return the value for the record component, or null if an error was reported
     */
    @Nullable
    Object read(Object plain, String path, FaultReport faults);

    /** The opposite of {@link #read}. */
    Object write(Object value);

    /** Reports a component's value that is out of range. */
    void check(Object value, String path, FaultReport faults);

    /** The fields of an object that has a fixed set of them, those of all kinds included; empty for any other type. */
    default List<Field> innerFields() {
        return List.of();
    }

    /** The plain value that a text stands for; the text itself if it stands for none, which {@link #read} then reports. */
    default Object fromText(String text) {
        return text;
    }

    /** A plain value as it appears in an error message. */
    static String show(@Nullable Object plain) {
        if (plain instanceof Map) {
            return "an object";
        }
        if (plain instanceof Iterable) {
            return "a list";
        }
        String text = plain instanceof String ? "\"" + plain + "\"" : String.valueOf(plain);
        String shown =
                text.codePoints().limit(MAX_SHOWN).mapToObj(ValueType::escaped).collect(Collectors.joining());
        return text.codePointCount(0, text.length()) <= MAX_SHOWN ? shown : shown + "...";
    }

    /** Control characters would garble a terminal, and an unpaired surrogate cannot be encoded as UTF-8. */
    private static String escaped(int character) {
        return Character.isISOControl(character) || Character.getType(character) == Character.SURROGATE
                ? "\\u%04x".formatted(character)
                : Character.toString(character);
    }
}
