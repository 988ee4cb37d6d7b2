package dev.canyon.engine.setting;

import org.jspecify.annotations.Nullable;

/**
 * One field that users can set.
 *
 * @param name the name on the wire, unique in its object
 * @param defaultValue the value of the record component where the field is left out or null; null if there is none
 * @param required whether the field must be given
 * @param changesSocket whether a change needs another listening socket
 * @param example for documentation; empty for none
 */
public record Field(
        String name,
        ValueType type,
        @Nullable Object defaultValue,
        boolean required,
        String title,
        String text,
        boolean changesSocket,
        String example) {

    /** The default as it appears on the wire; null if there is none. */
    public @Nullable Object plainDefault() {
        return defaultValue == null ? null : type.write(defaultValue);
    }
}
