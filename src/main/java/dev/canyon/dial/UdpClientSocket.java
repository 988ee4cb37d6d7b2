package dev.canyon.dial;

import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;

/** A UDP socket for the datagrams of one peer. */
public final class UdpClientSocket extends ClientSocket {

    /** The largest payload without IPv6 jumbograms: what a 16-bit length field leaves after the headers. */
    public static final int MAX_IPV4_PAYLOAD = 65_507;

    private static final int MAX_IPV6_PAYLOAD = 65_527;

    private final DatagramChannel channel;

    private UdpClientSocket(InetSocketAddress target, DatagramChannel channel) {
        super(target);
        this.channel = channel;
    }

    /** Returns the largest payload, in bytes, of a datagram to this address. */
    public static int maxPayload(InetAddress to) {
        return to instanceof Inet6Address ? MAX_IPV6_PAYLOAD : MAX_IPV4_PAYLOAD;
    }

    /**
     * Opens and binds a socket; no packet is sent.
     *
     * @param sourcePort 0 to 65535; 0 lets the system choose
     * @throws IOException for example if the source port is in use
     */
    public static UdpClientSocket open(InetSocketAddress target, int sourcePort) throws IOException {
        DatagramChannel channel = open(target, DatagramChannel::open);
        try {
            channel.configureBlocking(false);
            // The caller has checked that the target is allowed, be it a broadcast address.
            channel.setOption(StandardSocketOptions.SO_BROADCAST, true);
            channel.bind(wildcard(target, sourcePort));
            return new UdpClientSocket(target, channel);
        } catch (IOException | RuntimeException ex) {
            channel.close();
            throw ex;
        }
    }

    /**
     * Connects the socket, so that only datagrams of the target are received, and ICMP errors are reported. Sends no packet. The JDK
     * sends no empty datagram from a connected socket.
     */
    public void connect() throws IOException {
        channel.connect(target);
    }

    public boolean isConnected() {
        return channel.isConnected();
    }

    /**
     * Sends a datagram; waits while the send buffer is full.
     *
     * @param deadlineNanos by the clock of {@link System#nanoTime}
     * @return false if there was no room until the deadline; nothing was sent then
     */
    public boolean send(ByteBuffer datagram, long deadlineNanos) throws IOException {
        boolean empty = !datagram.hasRemaining();
        // For an empty datagram, 0 says nothing.
        while (channel.send(datagram, target) == 0 && !empty) {
            if (!await(SelectionKey.OP_WRITE, deadlineNanos)) {
                return false;
            }
        }
        return true;
    }

    /** Receives the next datagram, whoever sent it. @return false if there is none */
    public boolean receive(ByteBuffer into) throws IOException {
        return channel.receive(into) != null;
    }

    /** Receives the next datagram. @return false if there is none, or it is not from the target */
    public boolean receiveFromTarget(ByteBuffer into) throws IOException {
        return target.equals(channel.receive(into));
    }

    @Override
    public InetSocketAddress localAddress() {
        return (InetSocketAddress) channel.socket().getLocalSocketAddress();
    }

    @Override
    DatagramChannel channel() {
        return channel;
    }
}
