package dev.canyon.settings;

import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Retention of the audit trail.
 *
 * @param maxFileSize 64 KB or more: size at which a new file is started
 * @param files 1 to 1000: number of files kept, including the current one; the oldest is deleted
 */
public record AuditSettings(
        @DefaultValue("10MB") DataSize maxFileSize,
        @DefaultValue("10") int files) {

    private static final DataSize MIN_FILE_SIZE = DataSize.ofKilobytes(64);
    private static final int MAX_FILES = 1000;

    public AuditSettings {
        if (maxFileSize.compareTo(MIN_FILE_SIZE) < 0) {
            throw new IllegalArgumentException(
                    "canyon.audit.max-file-size: " + maxFileSize + " (expected: 64KB or more)");
        }
        if (files < 1 || files > MAX_FILES) {
            throw new IllegalArgumentException("canyon.audit.files: " + files + " (expected: 1 to " + MAX_FILES + ")");
        }
    }
}
