package dev.canyon.api.problem;

import java.util.List;

/** The request is invalid; contains every fault found. */
public final class InvalidRequestException extends RuntimeException {

    private final transient List<Fault> faults;

    public InvalidRequestException(List<Fault> faults) {
        super("invalid request: " + faults);
        this.faults = List.copyOf(faults);
    }

    public InvalidRequestException(String field, String message) {
        this(List.of(new Fault(field, message)));
    }

    List<Fault> faults() {
        return faults;
    }
}
