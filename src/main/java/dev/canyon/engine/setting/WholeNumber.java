package dev.canyon.engine.setting;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * An integer, or a duration in milliseconds.
 *
 * @param component {@code int}, {@code long} or {@link Duration}
 */
public record WholeNumber(long min, long max, Unit unit, Class<?> component) implements ValueType {

    @Override
    public String word() {
        return "integer";
    }

    @Override
    public @Nullable Object read(Object plain, String path, FaultReport faults) {
        if (!(plain instanceof Integer) && !(plain instanceof Long)) {
            return refused(plain, path, faults);
        }
        long number = ((Number) plain).longValue();
        if (number < min || number > max) {
            return refused(plain, path, faults);
        }
        if (component == Duration.class) {
            return Duration.ofMillis(number);
        }
        return component == int.class ? Math.toIntExact(number) : (Object) number;
    }

    @Override
    public Object write(Object value) {
        return value instanceof Duration duration ? duration.toMillis() : value;
    }

    @Override
    public void check(Object value, String path, FaultReport faults) {
        long number = ((Number) write(value)).longValue();
        if (number < min || number > max) {
            refused(number, path, faults);
        }
    }

    private @Nullable Object refused(Object plain, String path, FaultReport faults) {
        faults.add(path, "must be an integer from " + min + " to " + max + ", not " + ValueType.show(plain));
        return null;
    }

    @Override
    public Object fromText(String text) {
        try {
            return Long.valueOf(text.strip());
        } catch (NumberFormatException ex) {
            return text;
        }
    }
}
