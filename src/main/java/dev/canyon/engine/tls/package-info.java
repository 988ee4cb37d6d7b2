/**
 * TLS on accepted connections: its settings, the certificates it uses, and the handler that encrypts and decrypts.
 *
 * <p>Start reading at {@link dev.canyon.engine.tls.TlsSettings} and {@link dev.canyon.engine.tls.TlsHandler}. Certificates come from
 * {@link dev.canyon.engine.tls.TlsContexts}, which is implemented outside of the engine. {@code engine.tcp} installs the handler.
 *
 * <p>Only the TLS of the JDK is used: it delivers replies after the client's close_notify (TLS 1.3), see {@code
 * docs/decisions/0031-tls-on-listeners.md}.
 */
@NullMarked
@NamedInterface("tls")
package dev.canyon.engine.tls;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
