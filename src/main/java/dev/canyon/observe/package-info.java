/**
 * Health, metrics and info for Actuator. Read-only.
 *
 * <p>Start reading at {@code ListenersHealth} and {@code ListenerMetrics}.
 */
@NullMarked
@ApplicationModule(
        allowedDependencies = {
            "engine",
            "engine :: fault",
            "engine :: fault-type",
            "engine :: peer",
            "engine :: tls",
            "engine :: traffic",
            "engine :: kernel",
            "definition",
            "listener",
            "engine :: endpoint",
            "listener :: directory",
            "listener :: endpoint",
            "security :: audit",
            "net"
        })
package dev.canyon.observe;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
