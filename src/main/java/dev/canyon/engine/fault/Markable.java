package dev.canyon.engine.fault;

/** A received message in a capture, on which the faults that took it are noted. */
@FunctionalInterface
public interface Markable {

    /** One that is not captured. */
    Markable NONE = faultId -> {};

    /** Notes a fault, once. Called on the event loop that received the message; must not block. */
    void mark(String faultId);
}
