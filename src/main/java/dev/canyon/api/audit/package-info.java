/**
 * Records API requests in the audit trail. Start reading at {@code AuditedCalls}, which lists the recorded operations; {@code
 * AuditedCall} is a request in progress.
 */
@NullMarked
package dev.canyon.api.audit;

import org.jspecify.annotations.NullMarked;
