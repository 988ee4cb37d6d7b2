/**
 * Server-sent events to any number of readers: a slow reader costs bounded memory and blocks no thread. Start reading at
 * {@link dev.canyon.api.stream.EventStreams}.
 */
@NullMarked
package dev.canyon.api.stream;

import org.jspecify.annotations.NullMarked;
