package dev.canyon.engine.kernel;

import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.unix.RawUnixChannelOption;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Memory use of a socket's buffers: the socket option SO_MEMINFO of Linux, nine numbers in the order of {@code linux/sock_diag.h}.
 *
 * @param sending bytes of memory used by data that waits to be sent
 * @param sendBuffer the limit of {@code sending}
 * @param drops datagrams dropped because the receive buffer was full
 */
public record SocketMemory(int sending, int sendBuffer, long drops) {

    private static final int SOL_SOCKET = 1;
    private static final int SO_MEMINFO = 55;
    private static final int NUMBERS = 9;
    private static final int WMEM_ALLOC = 2;
    private static final int SNDBUF = 3;
    private static final int DROPS = 8;
    private static final RawUnixChannelOption OPTION =
            new RawUnixChannelOption("SO_MEMINFO", SOL_SOCKET, SO_MEMINFO, NUMBERS * Integer.BYTES);

    public static SocketMemory of(EpollDatagramChannel socket) {
        ByteBuffer numbers = socket.config().getOption(OPTION).order(ByteOrder.nativeOrder());
        return new SocketMemory(
                numbers.getInt(WMEM_ALLOC * Integer.BYTES),
                numbers.getInt(SNDBUF * Integer.BYTES),
                Integer.toUnsignedLong(numbers.getInt(DROPS * Integer.BYTES)));
    }
}
