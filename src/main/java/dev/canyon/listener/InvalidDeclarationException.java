package dev.canyon.listener;

import java.util.List;

/** Listeners are declared wrongly in the configuration; carries every fault, each with its property. */
final class InvalidDeclarationException extends RuntimeException {

    private final transient List<String> faults;

    InvalidDeclarationException(List<String> faults) {
        super(String.join("; ", faults));
        this.faults = List.copyOf(faults);
    }

    List<String> faults() {
        return faults;
    }
}
