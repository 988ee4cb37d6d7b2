package dev.canyon.junit;

import dev.canyon.engine.peer.CloseReason;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * A connection that a {@link TcpListener} has accepted, as it was when it was asked for.
 *
 * @param id increases from one connection to the next
 * @param client the address of the client
 * @param received what it has received in this test; with TLS the plaintext
 * @param sentBytes bytes of replies that the kernel accepted in this test
 * @param closed why it was closed; null while it is open
 */
public record Connection(
        long id,
        InetSocketAddress client,
        Payload received,
        long sentBytes,
        @Nullable CloseReason closed) {

    public boolean isOpen() {
        return closed == null;
    }
}
