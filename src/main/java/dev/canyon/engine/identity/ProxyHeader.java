package dev.canyon.engine.identity;

import java.net.InetSocketAddress;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a proxy says about a connection.
 *
 * @param version 1 or 2
 * @param local whether the proxy itself is the client, as with a health check
 * @param addresses of the client; null with LOCAL, UNKNOWN and AF_UNIX, where the addresses of the connection itself apply
 * @param alpn the application protocol of the client (PP2_TYPE_ALPN)
 * @param authority the host name that the client has requested (PP2_TYPE_AUTHORITY)
 * @param uniqueId of the connection (PP2_TYPE_UNIQUE_ID); bytes that are not text as {@code 0x} and hexadecimal digits
 * @param networkNamespace of the proxy (PP2_TYPE_NETNS)
 * @param tls null if the client does not use TLS, or the proxy does not say so
 * @param others values of all other types in hexadecimal digits, by type: {@code 0xea}
 */
public record ProxyHeader(
        int version,
        boolean local,
        @Nullable Addresses addresses,
        @Nullable String alpn,
        @Nullable String authority,
        @Nullable String uniqueId,
        @Nullable String networkNamespace,
        @Nullable ProxyTls tls,
        Map<String, String> others) {

    /**
     * The connection between client and proxy.
     *
     * @param source the address of the client
     * @param destination the address that the client connected to
     */
    public record Addresses(InetSocketAddress source, InetSocketAddress destination) {}
}
