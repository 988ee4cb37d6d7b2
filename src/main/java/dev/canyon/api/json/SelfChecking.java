package dev.canyon.api.json;

/** A body with rules that no annotation on a single field can say. */
public interface SelfChecking {

    /** Adds what is wrong. Fields may be null even where they are required: then that fault is already told. */
    void check(Faults faults);
}
