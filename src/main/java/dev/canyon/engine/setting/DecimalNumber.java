package dev.canyon.engine.setting;

import org.jspecify.annotations.Nullable;

/** A number that need not be an integer. */
public record DecimalNumber(long min, long max) implements ValueType {

    @Override
    public String word() {
        return "number";
    }

    @Override
    public @Nullable Object read(Object plain, String path, FaultReport faults) {
        if (plain instanceof Number number && isInRange(number.doubleValue())) {
            return number.doubleValue();
        }
        faults.add(path, "must be a number from " + min + " to " + max + ", not " + ValueType.show(plain));
        return null;
    }

    @Override
    public Object write(Object value) {
        return value;
    }

    @Override
    public void check(Object value, String path, FaultReport faults) {
        read(value, path, faults);
    }

    /** False for NaN, which is in no range. */
    private boolean isInRange(double number) {
        return number >= min && number <= max;
    }

    @Override
    public Object fromText(String text) {
        try {
            return Double.valueOf(text.strip());
        } catch (NumberFormatException ex) {
            return text;
        }
    }
}
