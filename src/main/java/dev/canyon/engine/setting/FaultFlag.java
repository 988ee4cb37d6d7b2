package dev.canyon.engine.setting;

/** Forwards errors and remembers whether there was one. */
public final class FaultFlag implements FaultReport {

    private final FaultReport next;
    private boolean raised;

    public FaultFlag(FaultReport next) {
        this.next = next;
    }

    @Override
    public void add(String field, String message) {
        raised = true;
        next.add(field, message);
    }

    @Override
    public boolean ignoresUnknownFields() {
        return next.ignoresUnknownFields();
    }

    public boolean isRaised() {
        return raised;
    }
}
