package dev.canyon.settings;

import java.util.List;

/** The configuration declares invalid listeners; has every fault with its property. */
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
