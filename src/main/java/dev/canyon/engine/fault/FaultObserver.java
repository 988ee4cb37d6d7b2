package dev.canyon.engine.fault;

/** Receives what happens to the faults of a listener. Implementations must not block or throw. */
public interface FaultObserver {

    FaultObserver NONE = new FaultObserver() {
        @Override
        public void added(ActiveFault fault) {}

        @Override
        public void removed(ActiveFault fault) {}

        @Override
        public void applied(ActiveFault fault) {}

        @Override
        public void expired(ActiveFault fault) {}
    };

    /** The fault was added, or replaces another one under the same id. */
    void added(ActiveFault fault);

    /** The fault was taken away by a request. */
    void removed(ActiveFault fault);

    /** The fault had an effect. Called on event loops, possibly for each datagram. */
    void applied(ActiveFault fault);

    /** The lifetime of a temporary fault has ended. */
    void expired(ActiveFault fault);
}
