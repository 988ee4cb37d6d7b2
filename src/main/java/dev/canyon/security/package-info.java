/**
 * Who may call, and who did what: keys and roles, sign-in of browsers, what every request has to be like (Host, Origin, how
 * many a second), and the audit trail.
 *
 * <p>Start reading at {@code FilterChains}, which draws the way of a request; who may do what is in {@code AccessRules}. How a
 * refusal looks is not decided here: the API implements {@link dev.canyon.security.Refusals}.
 *
 * <p>Who calls is Spring Security's {@code Authentication}: its name is {@code admin}, {@code viewer}, or {@code anyone} where
 * no key is needed. A wrong key is published as an {@code AbstractAuthenticationFailureEvent} with the caller's address in its
 * details; its credentials are the wrong key and must not be kept.
 *
 * <p>Who did what is kept by {@link dev.canyon.security.AuditTrail}; what the API writes there is decided in {@code api.audit}.
 *
 * <p>Reads {@code settings}; of {@code transport} it uses only how addresses are written.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"settings", "transport"})
package dev.canyon.security;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
