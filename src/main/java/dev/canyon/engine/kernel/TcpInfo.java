package dev.canyon.engine.kernel;

import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.unix.RawUnixChannelOption;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Fields of Linux's TCP_INFO that are missing from Netty's own {@code EpollTcpInfo} (tcp(7), struct tcp_info). */
public final class TcpInfo {

    private static final int IPPROTO_TCP = 6;
    private static final int TCP_INFO = 11;
    private static final int LENGTH = 232;
    private static final int BYTES_ACKED_OFFSET = 120;
    private static final RawUnixChannelOption OPTION =
            new RawUnixChannelOption("TCP_INFO", IPPROTO_TCP, TCP_INFO, LENGTH);

    private TcpInfo() {}

    /** Bytes the peer has acknowledged since the connection was opened ({@code tcpi_bytes_acked}, Linux 4.1 and later). */
    public static long acknowledgedBytes(EpollSocketChannel connection) {
        ByteBuffer info = connection.config().getOption(OPTION);
        return info.order(ByteOrder.nativeOrder()).getLong(BYTES_ACKED_OFFSET);
    }
}
