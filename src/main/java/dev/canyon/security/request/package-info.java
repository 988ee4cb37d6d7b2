/**
 * Checks on every request: Host, Origin, proxy headers, query, rate; and the response headers.
 *
 * <p>Start reading at {@link dev.canyon.security.request.RequestFilters}.
 */
@NullMarked
package dev.canyon.security.request;

import org.jspecify.annotations.NullMarked;
