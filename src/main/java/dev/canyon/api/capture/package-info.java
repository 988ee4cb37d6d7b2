/**
 * Captured messages over HTTP, as JSON and as pcapng. Start reading at {@code CaptureController}.
 */
@NullMarked
package dev.canyon.api.capture;

import org.jspecify.annotations.NullMarked;
