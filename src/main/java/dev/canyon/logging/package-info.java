/**
 * Prevents clients from forging log lines. Start reading at {@code LogSanitizer}. No other package uses it.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {})
package dev.canyon.logging;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
