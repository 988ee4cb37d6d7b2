package dev.canyon.api.json;

/** A request body with rules that involve several fields. */
public interface Validatable {

    /** Adds the errors found. Required fields may be null: that error has already been reported. */
    void check(Faults faults);
}
