/**
 * Sees to it that what clients write cannot forge a line of the log. Start reading at {@code HonestLines}.
 *
 * <p>Uses none of our other rooms, and none of them uses it.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {})
package dev.canyon.logging;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
