/**
 * Listeners over HTTP. Start reading at {@link dev.canyon.api.listener.ListenerController}.
 */
@NullMarked
package dev.canyon.api.listener;

import org.jspecify.annotations.NullMarked;
