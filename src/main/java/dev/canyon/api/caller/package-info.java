/**
 * The caller over HTTP: its name and role. Start reading at {@code CallerController}.
 */
@NullMarked
package dev.canyon.api.caller;

import org.jspecify.annotations.NullMarked;
