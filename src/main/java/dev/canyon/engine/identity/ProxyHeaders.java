package dev.canyon.engine.identity;

import dev.canyon.engine.identity.ProxyHeader.Addresses;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.handler.codec.haproxy.HAProxyCommand;
import io.netty.handler.codec.haproxy.HAProxyMessage;
import io.netty.handler.codec.haproxy.HAProxyProtocolVersion;
import io.netty.handler.codec.haproxy.HAProxyProxiedProtocol.AddressFamily;
import io.netty.handler.codec.haproxy.HAProxySSLTLV;
import io.netty.handler.codec.haproxy.HAProxyTLV;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Turns what Netty's decoder has read into a {@link ProxyHeader}. */
public final class ProxyHeaders {

    private static final int ALPN = 0x01;
    private static final int AUTHORITY = 0x02;
    private static final int PADDING = 0x04;
    private static final int UNIQUE_ID = 0x05;
    private static final int SSL_VERSION = 0x21;
    private static final int SSL_COMMON_NAME = 0x22;
    private static final int SSL_CIPHER = 0x23;
    private static final int SSL_SIGNATURE_ALGORITHM = 0x24;
    private static final int SSL_KEY_ALGORITHM = 0x25;
    private static final int NETWORK_NAMESPACE = 0x30;

    private ProxyHeaders() {}

    /** Does not release the message. */
    public static ProxyHeader of(HAProxyMessage message) {
        Map<Integer, ByteBuf> values = new TreeMap<>();
        ProxyTls tls = null;
        List<HAProxyTLV> all = message.tlvs();
        for (int i = 0; i < all.size(); i++) {
            HAProxyTLV tlv = all.get(i);
            if (tlv instanceof HAProxySSLTLV ssl) {
                tls = tls(ssl);
                // Netty lists what an SSL value contains once more behind it.
                i += ssl.encapsulatedTLVs().size();
            } else {
                values.put(tlv.typeByteValue() & 0xff, tlv.content());
            }
        }
        values.remove(PADDING);
        return new ProxyHeader(
                message.protocolVersion() == HAProxyProtocolVersion.V1 ? 1 : 2,
                message.command() == HAProxyCommand.LOCAL,
                addresses(message),
                text(values.remove(ALPN)),
                text(values.remove(AUTHORITY)),
                textOrHex(values.remove(UNIQUE_ID)),
                text(values.remove(NETWORK_NAMESPACE)),
                tls,
                hex(values));
    }

    private static @Nullable Addresses addresses(HAProxyMessage message) {
        AddressFamily family = message.proxiedProtocol().addressFamily();
        return family == AddressFamily.AF_IPv4 || family == AddressFamily.AF_IPv6
                ? new Addresses(
                        address(message.sourceAddress(), message.sourcePort()),
                        address(message.destinationAddress(), message.destinationPort()))
                : null;
    }

    private static InetSocketAddress address(String address, int port) {
        try {
            return new InetSocketAddress(
                    InetAddress.getByAddress(NetUtil.createByteArrayFromIpAddressString(address)), port);
        } catch (UnknownHostException ex) {
            throw new IllegalStateException("Netty has checked the address", ex);
        }
    }

    private static @Nullable ProxyTls tls(HAProxySSLTLV ssl) {
        if (!ssl.isPP2ClientSSL()) {
            return null;
        }
        Map<Integer, ByteBuf> values = new TreeMap<>();
        ssl.encapsulatedTLVs().forEach(tlv -> values.put(tlv.typeByteValue() & 0xff, tlv.content()));
        boolean certificate = ssl.isPP2ClientCertConn() || ssl.isPP2ClientCertSess();
        return new ProxyTls(
                text(values.get(SSL_VERSION)),
                text(values.get(SSL_COMMON_NAME)),
                text(values.get(SSL_CIPHER)),
                text(values.get(SSL_SIGNATURE_ALGORITHM)),
                text(values.get(SSL_KEY_ALGORITHM)),
                certificate,
                certificate && ssl.verify() == 0);
    }

    private static @Nullable String text(@Nullable ByteBuf value) {
        return value == null ? null : value.toString(StandardCharsets.UTF_8);
    }

    private static @Nullable String textOrHex(@Nullable ByteBuf value) {
        if (value == null) {
            return null;
        }
        boolean printable = value.forEachByte(b -> b >= 0x20 && b < 0x7f) < 0;
        return printable ? value.toString(StandardCharsets.US_ASCII) : "0x" + ByteBufUtil.hexDump(value);
    }

    private static Map<String, String> hex(Map<Integer, ByteBuf> values) {
        Map<String, String> others = new TreeMap<>();
        values.forEach((type, value) -> others.put("0x%02x".formatted(type), ByteBufUtil.hexDump(value)));
        return Collections.unmodifiableMap(others);
    }
}
