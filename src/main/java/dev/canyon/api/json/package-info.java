/**
 * Reads bodies in JSON and YAML strictly and reports all errors together. {@link dev.canyon.api.json.BodyConverter} turns a body into
 * a {@link dev.canyon.api.json.BodyTree}, {@link dev.canyon.api.json.BodyReader} a tree into a record.
 */
@NullMarked
package dev.canyon.api.json;

import org.jspecify.annotations.NullMarked;
