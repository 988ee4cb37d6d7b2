package dev.canyon.engine.kernel;

import dev.canyon.engine.kernel.proc.Sysctl;
import dev.canyon.net.BindFailedException;
import dev.canyon.net.BindFailure;
import dev.canyon.net.IpText;
import io.netty.channel.unix.Errors;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;

/** Classifies bind failures. The native transports report an errno, NIO only a {@link BindException} with a text. */
final class BindFailures {

    /** Error numbers of Linux (errno(3)), the same on x86-64 and arm64. */
    private static final int EACCES = 13;

    private static final int EADDRINUSE = 98;
    private static final int EADDRNOTAVAIL = 99;

    private BindFailures() {}

    static BindFailedException explain(InetSocketAddress address, Throwable cause) {
        BindFailure failure = classify(address, cause);
        String where = IpText.of(address);
        String message = switch (failure) {
            case PORT_IN_USE -> where + " is in use by another socket: stop that program or choose another port";
            case PERMISSION_DENIED ->
                where + " is privileged: use a port from "
                        + Sysctl.read("net/ipv4/ip_unprivileged_port_start", 1024)
                        + ", or grant the process the capability CAP_NET_BIND_SERVICE, or lower the sysctl"
                        + " net.ipv4.ip_unprivileged_port_start";
            case ADDRESS_UNAVAILABLE -> IpText.of(address.getAddress()) + " is not an address of this host";
            case OTHER ->
                where + " could not be opened: "
                        + (cause.getMessage() == null ? "the system gives no reason" : cause.getMessage());
        };
        return new BindFailedException(failure, message, cause);
    }

    private static BindFailure classify(InetSocketAddress address, Throwable cause) {
        if (cause instanceof Errors.NativeIoException io) {
            if (io.expectedErr() == -EADDRINUSE) {
                return BindFailure.PORT_IN_USE;
            }
            if (io.expectedErr() == -EACCES) {
                return BindFailure.PERMISSION_DENIED;
            }
        }
        boolean notAvailable = (cause instanceof Errors.NativeIoException io && io.expectedErr() == -EADDRNOTAVAIL)
                || String.valueOf(cause.getMessage()).contains("Cannot assign requested address");
        if (notAvailable || !isLocal(address)) {
            return BindFailure.ADDRESS_UNAVAILABLE;
        }
        String text = String.valueOf(cause.getMessage());
        if (text.contains("Permission denied")) {
            return BindFailure.PERMISSION_DENIED;
        }
        return cause instanceof BindException ? BindFailure.PORT_IN_USE : BindFailure.OTHER;
    }

    /** All of 127.0.0.0/8 is local, although the loopback interface lists only 127.0.0.1. */
    private static boolean isLocal(InetSocketAddress address) {
        try {
            return address.getAddress().isAnyLocalAddress()
                    || address.getAddress().isLoopbackAddress()
                    || NetworkInterface.getByInetAddress(address.getAddress()) != null;
        } catch (SocketException ex) {
            return false;
        }
    }
}
