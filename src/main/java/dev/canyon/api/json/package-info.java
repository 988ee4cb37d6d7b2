/**
 * Reads JSON bodies so that nothing is silently ignored and every fault is told at once. Start reading at {@link
 * dev.canyon.api.json.BodyReader}.
 */
@NullMarked
package dev.canyon.api.json;

import org.jspecify.annotations.NullMarked;
