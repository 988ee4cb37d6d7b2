/**
 * The peers of a listener: TCP connections and UDP sources, their identities, and the reasons for which they are rejected,
 * paused, dropped or closed.
 *
 * <p>Start reading at {@link dev.canyon.engine.peer.Peers}.
 */
@NullMarked
@NamedInterface("peer")
package dev.canyon.engine.peer;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
