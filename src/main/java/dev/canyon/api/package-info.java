/**
 * HTTP in, HTTP out: controllers translate and stop there, views are what goes over the wire.
 *
 * <p>Start reading at {@code ListenerController}. How a body is read strictly is in {@code api.json}; every way the API
 * refuses is in {@code api.problem}.
 *
 * <p>Uses {@code settings}, {@code security}, {@code transport}, {@code listener}, {@code probe}, {@code observe} and
 * {@code inspect}. No other room uses it.
 */
@NullMarked
@ApplicationModule(
        allowedDependencies = {"settings", "security", "transport", "listener", "probe", "observe", "inspect"})
package dev.canyon.api;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
