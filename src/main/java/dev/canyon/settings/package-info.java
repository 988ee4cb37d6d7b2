/**
 * The configuration properties: every property that begins with {@code canyon}, in one record. An unknown property causes startup to
 * fail. Contains values only; the packages that use them define their effect.
 *
 * <p>Start reading at {@link dev.canyon.settings.CanyonProperties}.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"definition", "engine :: setting", "net"})
package dev.canyon.settings;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
