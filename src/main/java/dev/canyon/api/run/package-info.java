/**
 * Measured runs over HTTP. Start reading at {@code RunController}.
 */
@NullMarked
package dev.canyon.api.run;

import org.jspecify.annotations.NullMarked;
