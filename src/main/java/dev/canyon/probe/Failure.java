package dev.canyon.probe;

import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.PortUnreachableException;

/**
 * What an exception of a socket means, be it the JDK's or Netty's.
 *
 * @param detail the system's words
 */
public record Failure(Outcome outcome, String detail) {

    public static Failure of(IOException cause) {
        String words = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        return new Failure(classify(cause, words), words);
    }

    private static Outcome classify(IOException cause, String words) {
        if (cause instanceof PortUnreachableException) {
            return Outcome.REFUSED;
        }
        if (cause instanceof NoRouteToHostException
                || words.contains("unreachable")
                || words.contains("No route to host")) {
            return Outcome.UNREACHABLE;
        }
        if (cause instanceof BindException) {
            return Outcome.OTHER;
        }
        if (cause instanceof ConnectException) {
            return words.contains("timed out") ? Outcome.TIMEOUT_CONNECT : Outcome.REFUSED;
        }
        if (words.contains("Connection refused")) {
            return Outcome.REFUSED;
        }
        return words.contains("reset") || words.contains("Broken pipe") ? Outcome.RESET : Outcome.OTHER;
    }
}
