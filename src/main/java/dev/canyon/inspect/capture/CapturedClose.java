package dev.canyon.inspect.capture;

import dev.canyon.engine.peer.Direction;
import java.time.Instant;

/**
 * The end of a TCP connection.
 *
 * @param connection the connection number in its messages
 * @param by the sender of the first FIN, or of the RST: {@code IN} for the client, {@code OUT} for Canyon
 * @param reset whether the connection ended with RST instead of FIN
 */
public record CapturedClose(Instant at, long connection, Direction by, boolean reset) implements Captured {}
