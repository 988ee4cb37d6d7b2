/**
 * Authentication, authorization, request checks and the audit trail.
 *
 * <p>Start reading at {@code FilterChains}, which contains a diagram of the filters; the access rules are in
 * {@link dev.canyon.security.access.AccessRules}. The format of error responses is defined in the API, which implements
 * {@link dev.canyon.security.access.RefusalWriter}.
 *
 * <p>The caller is Spring Security's {@code Authentication}: its name is {@code admin}, {@code viewer}, or {@code anyone} where no key is required. A
 * wrong key is published as an {@code AbstractAuthenticationFailureEvent} with the caller's address in its details; its credentials
 * are the wrong key and must not be stored.
 *
 * <p>Sub-packages from top to bottom, each using only those below it: {@code request}, {@code access}, {@code key}, {@code audit}.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"settings", "net"})
package dev.canyon.security;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
