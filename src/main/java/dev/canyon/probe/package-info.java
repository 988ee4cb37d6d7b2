/**
 * Test messages: sends them through real sockets and reports their outcome.
 *
 * <p>Start reading at {@link dev.canyon.probe.TestMessages}; the outcomes are in {@link dev.canyon.probe.Outcome}.
 *
 * <p>Measured runs are in {@code probe.run}, their traffic in {@code probe.load}, their specification and results in {@code probe.spec}
 * and their reports in {@code probe.report}. {@code probe.target} decides which targets are permitted.
 *
 * <p>Independent of listeners, Spring and HTTP.
 */
@NullMarked
@ApplicationModule(
        allowedDependencies = {
            "dial",
            "dial :: tls",
            "engine :: kernel",
            "engine :: peer",
            "engine :: traffic",
            "net",
            "thread"
        })
package dev.canyon.probe;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
