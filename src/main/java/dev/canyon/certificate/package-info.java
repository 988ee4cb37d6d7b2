/**
 * The SSL bundles of listeners: those of Spring Boot, and the self-signed certificate.
 *
 * <p>Start reading at {@link dev.canyon.certificate.BundleContexts}, which implements the engine's {@link
 * dev.canyon.engine.tls.TlsContexts}.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"settings", "engine :: tls", "net"})
package dev.canyon.certificate;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
