package dev.canyon.engine.setting;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One constant of an enum, under the name that its {@code toString} returns. */
public record Choice(List<? extends Enum<?>> constants) implements ValueType {

    /** All constants of an enum. */
    public static Choice of(@SuppressWarnings("rawtypes") Class<? extends Enum> type) {
        return new Choice(Arrays.stream(type.getEnumConstants())
                .<Enum<?>>map(constant -> (Enum<?>) constant)
                .toList());
    }

    /** The names to choose from. */
    public List<String> words() {
        return constants.stream().map(Enum::toString).toList();
    }

    @Override
    public String word() {
        return "string";
    }

    @Override
    public @Nullable Object read(Object plain, String path, FaultReport faults) {
        for (Enum<?> constant : constants) {
            if (constant.toString().equals(plain)) {
                return constant;
            }
        }
        faults.add(path, "must be one of " + String.join(", ", words()) + ", not " + ValueType.show(plain));
        return null;
    }

    @Override
    public Object write(Object value) {
        return value.toString();
    }

    /** Does nothing: a constant is never out of range. */
    @Override
    public void check(Object value, String path, FaultReport faults) {}
}
