package dev.canyon.inspect;

import java.time.Instant;

/**
 * The end of a TCP connection.
 *
 * @param connection the number that its messages have
 * @param by whose FIN came first, or whose RST it was: {@code IN} the client's, {@code OUT} ours
 * @param reset whether it ended with RST instead of FIN
 */
public record CapturedClose(Instant at, long connection, Direction by, boolean reset) implements Captured {}
