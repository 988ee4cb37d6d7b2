/**
 * The SSL bundles of listeners and clients: those of Spring Boot, and the certificates that Canyon creates.
 *
 * <p>Start reading at {@link dev.canyon.certificate.BundleContexts}, which implements the engine's {@link
 * dev.canyon.engine.tls.TlsContexts}, and at {@link dev.canyon.certificate.BundleClients}, which does the same for clients. The
 * command line has no bundles and uses {@link dev.canyon.certificate.ServerContexts}.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"settings", "dial :: tls", "engine :: tls", "net"})
package dev.canyon.certificate;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
