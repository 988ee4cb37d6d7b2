/**
 * Permitted endpoints, endpoints claimed by listeners, resolution of host names, bind failures and retries.
 *
 * <p>Start reading at {@link dev.canyon.listener.endpoint.EndpointClaims}. Identifies listeners by name only.
 */
@NullMarked
@NamedInterface("endpoint")
package dev.canyon.listener.endpoint;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
