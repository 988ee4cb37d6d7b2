/**
 * Creation of background threads, answers of event loops, and failures of futures. Start reading at {@link dev.canyon.thread.DaemonThreads}.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {})
package dev.canyon.thread;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
