package dev.canyon.definition;

import dev.canyon.engine.setting.FaultReport;
import java.util.HashSet;
import java.util.Set;

/** Forwards the first error of each field: the later ones are about the same value in another place. */
final class FirstPerField implements FaultReport {

    private final FaultReport next;
    private final Set<String> reported = new HashSet<>();

    FirstPerField(FaultReport next) {
        this.next = next;
    }

    @Override
    public void add(String field, String message) {
        if (reported.add(field)) {
            next.add(field, message);
        }
    }

    @Override
    public boolean ignoresUnknownFields() {
        return next.ignoresUnknownFields();
    }
}
