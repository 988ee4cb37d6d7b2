/**
 * Events, captured traffic and pcapng files.
 *
 * <p>Start reading at {@link dev.canyon.inspect.event.EventLog}, {@link dev.canyon.inspect.capture.Captures} and {@link
 * dev.canyon.inspect.pcapng.PcapngWriter}. Independent of HTTP and JSON.
 */
@NullMarked
@ApplicationModule(
        allowedDependencies = {
            "engine",
            "engine :: endpoint",
            "engine :: fault",
            "engine :: identity",
            "engine :: fault-type",
            "engine :: peer",
            "engine :: tls",
            "engine :: traffic",
            "listener",
            "listener :: directory",
            "listener :: endpoint",
            "net",
            "thread"
        })
package dev.canyon.inspect;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
