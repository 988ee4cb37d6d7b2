/**
 * HTTP in, HTTP out: controllers translate and stop there, views are what goes over the wire.
 *
 * <p>Start reading at {@code ListenerController}. How a body is read strictly is in {@code api.json}; every way the API
 * refuses is in {@code api.problem}; what goes on record is in {@code api.audit}.
 *
 * <p>Uses {@code settings}, {@code transport}, {@code listener}, {@code probe}, {@code observe}, {@code
 * inspect} and {@code security}. No other room uses it.
 */
@NullMarked
@ApplicationModule(
        allowedDependencies = {
            "settings",
            "transport",
            "listener",
            "probe",
            "probe :: run",
            "probe :: report",
            "observe",
            "inspect",
            "security"
        })
package dev.canyon.api;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
