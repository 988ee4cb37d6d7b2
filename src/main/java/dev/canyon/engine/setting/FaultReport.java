package dev.canyon.engine.setting;

/** Receives what is wrong with the values that are read, one call per error. */
@FunctionalInterface
public interface FaultReport {

    /** @param field the path of the field, for example {@code tcp.backlog} or {@code allowedSources[0]} */
    void add(String field, String message);

    /** Whether a field that does not exist is left out instead of being reported. */
    default boolean ignoresUnknownFields() {
        return false;
    }

    /** Throws on the first error. */
    static FaultReport failFast() {
        return (field, message) -> {
            throw new IllegalArgumentException(field + ": " + message);
        };
    }
}
