package dev.canyon.engine.setting;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** True or false. */
public record Flag() implements ValueType {

    @Override
    public String word() {
        return "boolean";
    }

    @Override
    public @Nullable Object read(Object plain, String path, FaultReport faults) {
        if (plain instanceof Boolean) {
            return plain;
        }
        faults.add(path, "must be true or false, not " + ValueType.show(plain));
        return null;
    }

    @Override
    public Object write(Object value) {
        return value;
    }

    @Override
    public void check(Object value, String path, FaultReport faults) {}

    /** Accepts the words that Spring Boot accepts in configuration properties. */
    @Override
    public Object fromText(String text) {
        return switch (text.strip().toLowerCase(Locale.ROOT)) {
            case "true", "on", "yes", "1" -> true;
            case "false", "off", "no", "0" -> false;
            default -> text;
        };
    }
}
