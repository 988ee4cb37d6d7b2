/**
 * Encodings of payloads: text with a charset, hex and Base64.
 */
@NullMarked
@NamedInterface("payload")
package dev.canyon.probe.payload;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
