package dev.canyon.dial;

import dev.canyon.net.IpText;
import dev.canyon.net.ListenAddress;
import io.netty.buffer.ByteBuf;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.haproxy.HAProxyCommand;
import io.netty.handler.codec.haproxy.HAProxyMessage;
import io.netty.handler.codec.haproxy.HAProxyMessageEncoder;
import io.netty.handler.codec.haproxy.HAProxyProtocolVersion;
import io.netty.handler.codec.haproxy.HAProxyProxiedProtocol;
import io.netty.util.NetUtil;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The PROXY header that a connection begins with.
 *
 * @param version 1 or 2
 * @param source the client that it names; null for none, as in health checks of a proxy: LOCAL in version 2, UNKNOWN in version 1
 * @param destination the address that the client connected to; null for the target
 * @see <a href="https://www.haproxy.org/download/2.9/doc/proxy-protocol.txt">The PROXY protocol</a>
 */
public record OutgoingProxyHeader(
        int version,
        @Nullable InetSocketAddress source,
        @Nullable InetSocketAddress destination) {

    public static final int DEFAULT_VERSION = 2;

    private static final Pattern ADDRESS_AND_PORT = Pattern.compile("(?:\\[([^\\[\\]]+)]|([^\\[\\]:]+)):(\\d{1,5})");

    private static final byte[] UNKNOWN = "PROXY UNKNOWN\r\n".getBytes(StandardCharsets.US_ASCII);

    public OutgoingProxyHeader {
        if (version != 1 && version != 2) {
            throw new IllegalArgumentException("version: " + version + " (expected: 1 or 2)");
        }
    }

    /** Parses an address that a header can name: {@code 192.0.2.7:4711} or {@code [2001:db8::7]:4711}. */
    public static Optional<InetSocketAddress> address(String text) {
        Matcher matcher = ADDRESS_AND_PORT.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        int port = Integer.parseInt(matcher.group(3));
        Optional<InetAddress> address = IpText.parse(matcher.group(1) == null ? matcher.group(2) : matcher.group(1));
        // Receivers refuse port 0 in version 1, for example Netty.
        return port == 0 || port > ListenAddress.MAX_PORT
                ? Optional.empty()
                : address.map(known -> new InetSocketAddress(known, port));
    }

    /** The bytes of the header. Addresses of two families are both sent as IPv6, that of IPv4 as {@code ::ffff:192.0.2.7}. */
    ByteBuffer bytes(InetSocketAddress target) {
        if (source == null && version == 1) {
            return ByteBuffer.wrap(UNKNOWN);
        }
        EmbeddedChannel encoder = new EmbeddedChannel(HAProxyMessageEncoder.INSTANCE);
        try {
            encoder.writeOutbound(
                    source == null ? local() : naming(source, destination == null ? target : destination));
            ByteBuf encoded = Objects.requireNonNull(encoder.<ByteBuf>readOutbound());
            byte[] bytes = new byte[encoded.readableBytes()];
            encoded.readBytes(bytes).release();
            return ByteBuffer.wrap(bytes);
        } finally {
            encoder.finishAndReleaseAll();
        }
    }

    private static HAProxyMessage local() {
        return new HAProxyMessage(
                HAProxyProtocolVersion.V2, HAProxyCommand.LOCAL, HAProxyProxiedProtocol.UNKNOWN, null, null, 0, 0);
    }

    private HAProxyMessage naming(InetSocketAddress from, InetSocketAddress to) {
        boolean ipv4 = from.getAddress() instanceof Inet4Address && to.getAddress() instanceof Inet4Address;
        return new HAProxyMessage(
                version == 1 ? HAProxyProtocolVersion.V1 : HAProxyProtocolVersion.V2,
                HAProxyCommand.PROXY,
                ipv4 ? HAProxyProxiedProtocol.TCP4 : HAProxyProxiedProtocol.TCP6,
                text(from.getAddress(), ipv4),
                text(to.getAddress(), ipv4),
                from.getPort(),
                to.getPort());
    }

    private static String text(InetAddress address, boolean ipv4) {
        String text = NetUtil.toAddressString(address);
        return address instanceof Inet4Address && !ipv4 ? "::ffff:" + text : text;
    }
}
