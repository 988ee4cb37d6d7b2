/**
 * Who did what: the audit trail.
 *
 * <p>Start reading at {@link dev.canyon.security.AuditTrail}. What the API writes there is decided in {@code api.audit}.
 *
 * <p>Reads {@code settings}, and uses none of our other rooms.
 */
@NullMarked
@ApplicationModule(allowedDependencies = "settings")
package dev.canyon.security;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
