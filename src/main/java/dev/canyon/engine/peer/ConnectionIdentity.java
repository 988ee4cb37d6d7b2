package dev.canyon.engine.peer;

import dev.canyon.engine.identity.ProxyHeader;
import dev.canyon.net.Protocol;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * The client of a connection and the address it connected to. Limits, events, captures and views use the identity instead of
 * the socket, because a header that precedes the data can name another client.
 *
 * @param client the address of the client
 * @param server the address that the client connected to
 * @param proxied how a proxy has passed the connection on; null without a PROXY header
 */
public record ConnectionIdentity(
        InetSocketAddress client,
        InetSocketAddress server,
        @Nullable Proxied proxied) {

    /**
     * A connection that begins with a PROXY header.
     *
     * @param proxy the remote address of the socket
     * @param local the local address of the socket
     */
    public record Proxied(InetSocketAddress proxy, InetSocketAddress local, ProxyHeader header) {

        /** The proxy, if its header names the client; null if the client is the proxy itself or remains unknown. */
        public @Nullable InetSocketAddress namingProxy() {
            return header.addresses() == null ? null : proxy;
        }
    }

    /** The addresses of a socket. */
    public ConnectionIdentity(InetSocketAddress client, InetSocketAddress server) {
        this(client, server, null);
    }

    /** The identity that a header gives to the connection, whose addresses are those of its socket. */
    public ConnectionIdentity behind(ProxyHeader header) {
        Proxied by = new Proxied(client, server, header);
        ProxyHeader.Addresses told = header.addresses();
        return told == null
                ? new ConnectionIdentity(client, server, by)
                : new ConnectionIdentity(told.source(), told.destination(), by);
    }

    /** The remote address of the socket. */
    public InetSocketAddress peer() {
        return proxied == null ? client : proxied.proxy();
    }

    /**
     * The flow of a TCP connection of this identity.
     *
     * @param connection the id of the connection
     * @param decrypted whether it has TLS
     */
    public Flow flow(long connection, boolean decrypted) {
        return new Flow(connection, Protocol.TCP, server, client, decrypted);
    }
}
