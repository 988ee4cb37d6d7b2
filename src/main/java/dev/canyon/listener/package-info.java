/**
 * The lifecycle of listeners: creating, opening, draining, retrying, deleting.
 *
 * <p>Start reading at {@link dev.canyon.listener.Listeners}, which has every operation on a listener. Only {@link
 * dev.canyon.listener.EchoListener} changes the state of a listener, with the {@link dev.canyon.listener.ListenerLock} held; {@link
 * dev.canyon.listener.PortBinder} opens ports, {@link dev.canyon.listener.DocumentChange} plans and applies a whole
 * configuration. Code that only reads uses {@link dev.canyon.listener.directory.ListenerDirectory}.
 *
 * <p>Sub-packages from bottom to top: {@code endpoint} (permitted and claimed endpoints), {@code directory} (the read side), this
 * package, and {@code management} (Spring and JMX beans). Independent of HTTP, JSON, files and metrics.
 */
@NullMarked
@ApplicationModule(
        allowedDependencies = {
            "settings",
            "definition",
            "engine",
            "engine :: endpoint",
            "engine :: fault",
            "engine :: identity",
            "engine :: fault-type",
            "engine :: peer",
            "engine :: setting",
            "engine :: tls",
            "engine :: traffic",
            "engine :: kernel",
            "net",
            "thread"
        })
package dev.canyon.listener;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
