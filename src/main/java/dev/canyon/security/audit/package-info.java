/** The audit trail. Start reading at {@link dev.canyon.security.audit.AuditTrail}. */
@NullMarked
@NamedInterface("audit")
package dev.canyon.security.audit;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
