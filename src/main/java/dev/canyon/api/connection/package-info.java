/**
 * Connections and UDP sources over HTTP. Start reading at {@code ConnectionController}.
 */
@NullMarked
package dev.canyon.api.connection;

import org.jspecify.annotations.NullMarked;
