/**
 * Test messages over HTTP. Start reading at {@code MessageController}.
 */
@NullMarked
package dev.canyon.api.message;

import org.jspecify.annotations.NullMarked;
