package dev.canyon.net;

import java.net.BindException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;

/** Whether sockets can be bound to an address, whatever the port. */
public final class LocalAddress {

    /** The text of EADDRNOTAVAIL (bind(2)), which Java does not tell otherwise from EADDRINUSE. */
    private static final String NOT_AVAILABLE = "Cannot assign requested address";

    private LocalAddress() {}

    /**
     * Asks the kernel by binding a port that it chooses: it accepts more addresses than the interfaces have, for example all of
     * 127.0.0.0/8, and any with {@code net.ipv4.ip_nonlocal_bind}.
     *
     * @throws BindFailedException if the address is not one of this host
     */
    public static void require(InetAddress address) {
        try {
            new DatagramSocket(new InetSocketAddress(address, 0)).close();
        } catch (BindException ex) {
            if (!String.valueOf(ex.getMessage()).contains(NOT_AVAILABLE)) {
                // For example no free port.
                return;
            }
            throw new BindFailedException(
                    BindFailure.ADDRESS_UNAVAILABLE, IpText.of(address) + " is not an address of this host", ex);
        } catch (SocketException ex) {
            // Says nothing about the address, for example that the process has no descriptor left.
        }
    }
}
