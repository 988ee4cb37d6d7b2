/**
 * The summary of all listeners over HTTP. Start reading at {@code SummaryController}.
 */
@NullMarked
package dev.canyon.api.summary;

import org.jspecify.annotations.NullMarked;
