package dev.canyon.settings;

import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How much of the audit trail is kept.
 *
 * @param maxFileSize 64 KB or more: a file that would be larger is put aside, and a new one begun
 * @param files 1 to 1000: how many are kept, the one being written included; beyond that the oldest is deleted
 */
public record AuditSettings(
        @DefaultValue("10MB") DataSize maxFileSize,
        @DefaultValue("10") int files) {

    private static final DataSize SMALLEST_FILE = DataSize.ofKilobytes(64);
    private static final int MOST_FILES = 1000;

    public AuditSettings {
        if (maxFileSize.compareTo(SMALLEST_FILE) < 0) {
            throw new IllegalArgumentException(
                    "canyon.audit.max-file-size: " + maxFileSize + " (expected: 64KB or more)");
        }
        if (files < 1 || files > MOST_FILES) {
            throw new IllegalArgumentException("canyon.audit.files: " + files + " (expected: 1 to " + MOST_FILES + ")");
        }
    }
}
