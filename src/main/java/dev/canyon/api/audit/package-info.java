/**
 * What the API writes to the audit trail. Start reading at {@code AuditedCalls}, which says which calls are on record; {@link
 * dev.canyon.api.audit.AuditedCall} is one of them while it runs.
 */
@NullMarked
package dev.canyon.api.audit;

import org.jspecify.annotations.NullMarked;
