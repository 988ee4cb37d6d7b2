package dev.canyon.engine.setting;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An object within the object: a settings record. */
public record Block(SettingsRecord<?> settings) implements ValueType {

    @Override
    public String word() {
        return "object";
    }

    @Override
    public @Nullable Object read(Object plain, String path, FaultReport faults) {
        if (plain instanceof Map<?, ?> map) {
            return settings.read(map, path + ".", faults);
        }
        faults.add(path, "must be an object, not " + ValueType.show(plain));
        return null;
    }

    @Override
    public Object write(Object value) {
        return SettingsRecord.valuesOf((Record) value);
    }

    /** Does nothing: a settings record cannot be constructed with wrong values. */
    @Override
    public void check(Object value, String path, FaultReport faults) {}

    @Override
    public List<Field> innerFields() {
        return settings.fieldSet().fields();
    }

    /** Empty text stands for an object in which everything has its default. */
    @Override
    public Object fromText(String text) {
        return text.isBlank() ? Map.of() : text;
    }
}
