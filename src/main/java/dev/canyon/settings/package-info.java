/**
 * What an operator can set: every property that begins with {@code canyon}, in one record; a misspelt one is
 * refused at start. Values only; what they mean is up to the room that reads them.
 *
 * <p>Start reading at {@link dev.canyon.settings.CanyonProperties}.
 */
@NullMarked
@ApplicationModule(allowedDependencies = "transport")
package dev.canyon.settings;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
