/**
 * TLS of client sockets: whom they trust, which certificate they present, and what is reported of a handshake.
 *
 * <p>Start reading at {@link dev.canyon.dial.tls.ClientTls}, which describes the TLS of a target; a {@link
 * dev.canyon.dial.tls.ClientHandshake} is that of one connection. Bytes are encrypted and decrypted in {@code dial}.
 */
@NullMarked
@NamedInterface("tls")
package dev.canyon.dial.tls;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
