/**
 * Access rules, browser sign-in, and responses to rejected requests.
 *
 * <p>Start reading at {@link dev.canyon.security.access.AccessRules}.
 */
@NullMarked
@NamedInterface("access")
package dev.canyon.security.access;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
