package dev.canyon.junit;

import java.net.InetSocketAddress;

/**
 * A datagram that a {@link UdpListener} has received.
 *
 * @param client the address it came from
 */
public record Datagram(InetSocketAddress client, Payload payload) {

    /** The payload as text in UTF-8. */
    public String text() {
        return payload.text();
    }
}
