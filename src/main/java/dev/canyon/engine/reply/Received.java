package dev.canyon.engine.reply;

import dev.canyon.engine.peer.ConnectionIdentity;
import dev.canyon.net.Protocol;
import io.netty.buffer.ByteBuf;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A message that is to be answered.
 *
 * @param listener the name of the listener; empty if it has none
 * @param identity the address that sent it, and the address that it was sent to
 * @param connection the id of the TCP connection; null for UDP
 * @param sequence of the message in its connection, or of the datagram at its endpoint, from 1
 * @param at the time at which it was read
 * @param message its bytes, valid during the call only; not consumed
 */
public record Received(
        String listener,
        Protocol protocol,
        ConnectionIdentity identity,
        @Nullable Long connection,
        long sequence,
        Instant at,
        ByteBuf message) {}
