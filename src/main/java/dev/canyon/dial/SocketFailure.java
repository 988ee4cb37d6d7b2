package dev.canyon.dial;

import dev.canyon.dial.tls.TlsFailedException;
import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.PortUnreachableException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.channels.ClosedChannelException;

/**
 * Why a client socket failed, derived from an exception of the JDK or of Netty.
 *
 * @param detail the message of the exception, usually that of the operating system (strerror(3)); never the name of a class
 */
public record SocketFailure(Kind kind, String detail) {

    /** The kinds of failure. */
    public enum Kind {
        /** The host name has no address. */
        DNS,
        /** No answer to SYN in time (ETIMEDOUT). */
        CONNECT_TIMEOUT,
        /** RST in answer to SYN, or ICMP port unreachable (ECONNREFUSED). */
        REFUSED,
        /** No route to the host or network, or no address of its family on this host (EHOSTUNREACH, ENETUNREACH). */
        UNREACHABLE,
        /** RST on an established connection (ECONNRESET, EPIPE). */
        RESET,
        /** TLS with the peer failed. */
        TLS,
        /** Any other failure, for example a source port that is in use. */
        OTHER
    }

    public static SocketFailure of(IOException cause) {
        String message = cause.getMessage() == null ? withoutMessage(cause) : cause.getMessage();
        return new SocketFailure(classify(cause, message), message);
    }

    private static String withoutMessage(IOException cause) {
        if (cause instanceof PortUnreachableException) {
            return "ICMP port unreachable";
        }
        return cause instanceof ClosedChannelException ? "the socket has been closed" : "the system gives no reason";
    }

    private static Kind classifyConnect(String message) {
        if (message.contains("timed out")) {
            return Kind.CONNECT_TIMEOUT;
        }
        // The peer has accepted the connection and reset it before the connect was completed here.
        return message.contains("reset") ? Kind.RESET : Kind.REFUSED;
    }

    private static Kind classify(IOException cause, String message) {
        if (cause instanceof UnknownHostException) {
            return Kind.DNS;
        }
        if (cause instanceof TlsFailedException) {
            return Kind.TLS;
        }
        if (cause instanceof SocketTimeoutException) {
            return Kind.CONNECT_TIMEOUT;
        }
        if (cause instanceof PortUnreachableException) {
            return Kind.REFUSED;
        }
        if (cause instanceof NoRouteToHostException
                || message.contains("unreachable")
                || message.contains("No route to host")) {
            return Kind.UNREACHABLE;
        }
        if (cause instanceof BindException) {
            return Kind.OTHER;
        }
        if (cause instanceof ConnectException) {
            return classifyConnect(message);
        }
        if (message.contains("Connection refused")) {
            return Kind.REFUSED;
        }
        return message.contains("reset") || message.contains("Broken pipe") ? Kind.RESET : Kind.OTHER;
    }
}
