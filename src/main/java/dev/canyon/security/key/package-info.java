/**
 * Keys and roles: where a key comes from, how it is verified, and the limit on wrong keys.
 *
 * <p>Start reading at {@link dev.canyon.security.key.KeyAuthentication}.
 */
@NullMarked
@NamedInterface("key")
package dev.canyon.security.key;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
