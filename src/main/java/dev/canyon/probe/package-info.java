/**
 * The client half: sends test messages through real sockets and says exactly what happened. Measured runs are in {@code
 * probe.run}, and what is written of them for other programs in {@code probe.report}.
 *
 * <p>Start reading at {@link dev.canyon.probe.TestMessages}. What can come out is in {@link dev.canyon.probe.Outcome};
 * what may be dialled is decided by {@link dev.canyon.probe.AllowedTargets}.
 *
 * <p>Uses {@code transport}. Knows nothing of listeners, of Spring or of HTTP.
 */
@NullMarked
@ApplicationModule(allowedDependencies = "transport")
package dev.canyon.probe;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
