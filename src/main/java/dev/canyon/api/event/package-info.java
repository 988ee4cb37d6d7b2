/**
 * Events over HTTP, as pages and as a stream. Start reading at {@code EventController}.
 */
@NullMarked
package dev.canyon.api.event;

import org.jspecify.annotations.NullMarked;
