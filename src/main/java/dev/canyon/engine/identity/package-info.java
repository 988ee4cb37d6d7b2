/**
 * Who the client of a connection is, where a proxy says so in a header that precedes the data: the PROXY protocol, versions 1 and 2.
 *
 * <p>Start reading at {@link dev.canyon.engine.identity.ProxyProtocolSettings} and {@link
 * dev.canyon.engine.identity.ProxyHeaderDecoder}. {@code engine.tcp} installs the decoder and decides whether the client is
 * admitted.
 *
 * @see <a href="https://www.haproxy.org/download/2.9/doc/proxy-protocol.txt">The PROXY protocol</a>
 */
@NullMarked
@NamedInterface("identity")
package dev.canyon.engine.identity;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
