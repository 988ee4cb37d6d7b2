package dev.canyon.engine.peer;

import dev.canyon.net.Protocol;
import java.net.InetSocketAddress;

/**
 * The client of a connection and the address it connected to. Limits, events, captures and views use the identity instead of
 * the socket, because a header that precedes the data can name another client.
 *
 * @param client the address of the client
 * @param server the address that the client connected to
 */
public record ConnectionIdentity(InetSocketAddress client, InetSocketAddress server) {

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
