package dev.canyon.engine.identity;

import static dev.canyon.engine.identity.HeaderBytes.ascii;
import static dev.canyon.engine.identity.HeaderBytes.concat;
import static dev.canyon.engine.identity.HeaderBytes.tcp4Addresses;
import static dev.canyon.engine.identity.HeaderBytes.tcp6Addresses;
import static dev.canyon.engine.identity.HeaderBytes.tlv;
import static dev.canyon.engine.identity.HeaderBytes.v1;
import static dev.canyon.engine.identity.HeaderBytes.v2;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.canyon.engine.identity.ProxyHeader.Addresses;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.haproxy.HAProxyMessage;
import io.netty.util.ReferenceCountUtil;
import java.io.ByteArrayOutputStream;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProxyHeaderDecoderTest {

    private static final byte[] DATA = ascii("PROXY is data here\r\n");

    private final List<ProxyHeaderFailure> failures = new ArrayList<>();
    private final EmbeddedChannel channel = new EmbeddedChannel(new ProxyHeaderDecoder(failures::add));

    private ProxyHeader header() {
        HAProxyMessage message = Objects.requireNonNull(channel.readInbound(), "no header");
        try {
            return ProxyHeaders.of(message);
        } finally {
            message.release();
        }
    }

    private byte[] data() {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (ByteBuf part = channel.readInbound(); part != null; part = channel.readInbound()) {
            byte[] bytes = new byte[part.readableBytes()];
            part.readBytes(bytes);
            all.writeBytes(bytes);
            ReferenceCountUtil.release(part);
        }
        return all.toByteArray();
    }

    static Stream<byte[]> headers() {
        return Stream.of(
                v1(),
                ascii("PROXY TCP6 2001:db8::7 2001:db8::1 4711 443\r\n"),
                ascii("PROXY UNKNOWN\r\n"),
                // The longest: 107 bytes.
                ascii("PROXY UNKNOWN ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"
                        + " ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff 65535 65535\r\n"),
                v2(HeaderBytes.LOCAL, HeaderBytes.UNSPEC),
                v2(HeaderBytes.PROXY, HeaderBytes.TCP4, tcp4Addresses()),
                v2(HeaderBytes.PROXY, HeaderBytes.TCP6, tcp6Addresses(), tlv(2, ascii("echo.example"))),
                v2(HeaderBytes.PROXY, HeaderBytes.UNIX_STREAM, new byte[216]),
                // The longest: 4096 bytes.
                v2(HeaderBytes.PROXY, HeaderBytes.TCP4, tcp4Addresses(), tlv(4, new byte[4096 - 16 - 12 - 3])));
    }

    @ParameterizedTest
    @MethodSource("headers")
    void readsByteByByteAndPassesOnWhatFollows(byte[] header) {
        for (byte next : concat(header, DATA)) {
            channel.writeInbound(Unpooled.wrappedBuffer(new byte[] {next}));
        }
        header();
        assertThat(data()).isEqualTo(DATA);
        assertThat(failures).isEmpty();
        assertThat(channel.pipeline().get(ProxyHeaderDecoder.class)).isNull();
        channel.finishAndReleaseAll();
    }

    @ParameterizedTest
    @MethodSource("headers")
    void passesOnDataOfTheSameRead(byte[] header) {
        channel.writeInbound(Unpooled.wrappedBuffer(concat(header, DATA)));
        header();
        assertThat(data()).isEqualTo(DATA);
        channel.finishAndReleaseAll();
    }

    @Test
    void readsTheAddresses() {
        channel.writeInbound(Unpooled.wrappedBuffer(v1()));
        ProxyHeader header = header();
        assertThat(header.version()).isEqualTo(1);
        assertThat(header.local()).isFalse();
        assertThat(header.addresses())
                .isEqualTo(new Addresses(
                        new InetSocketAddress("192.0.2.7", 4711), new InetSocketAddress("198.51.100.1", 443)));
        channel.finishAndReleaseAll();
    }

    @Test
    void readsTlvs() {
        byte[] tls = concat(
                // Client certificate on this connection, verified.
                new byte[] {3, 0, 0, 0, 0},
                tlv(0x21, ascii("TLSv1.3")),
                tlv(0x22, ascii("probe")),
                tlv(0x23, ascii("TLS_AES_256_GCM_SHA384")),
                tlv(0x24, ascii("SHA256")),
                tlv(0x25, ascii("EC256")));
        channel.writeInbound(Unpooled.wrappedBuffer(v2(
                HeaderBytes.PROXY,
                HeaderBytes.TCP6,
                tcp6Addresses(),
                tlv(0x01, ascii("h2")),
                tlv(0x02, ascii("echo.example")),
                tlv(0x04, new byte[20]),
                tlv(0x20, tls),
                tlv(0x05, ascii("id-1")),
                tlv(0x30, ascii("blue")),
                tlv(0xea, new byte[] {1, 'v'}))));
        ProxyHeader header = header();
        assertThat(header)
                .isEqualTo(new ProxyHeader(
                        2,
                        false,
                        new Addresses(
                                new InetSocketAddress("2001:db8::7", 4711), new InetSocketAddress("2001:db8::1", 443)),
                        "h2",
                        "echo.example",
                        "id-1",
                        "blue",
                        new ProxyTls("TLSv1.3", "probe", "TLS_AES_256_GCM_SHA384", "SHA256", "EC256", true, true),
                        Map.of("0xea", "0176")));
        channel.finishAndReleaseAll();
    }

    @Test
    void aUniqueIdThatIsNotTextIsHexadecimal() {
        channel.writeInbound(Unpooled.wrappedBuffer(v2(
                HeaderBytes.PROXY, HeaderBytes.TCP4, tcp4Addresses(), tlv(0x05, new byte[] {0, 1, (byte) 0xff}))));
        assertThat(header().uniqueId()).isEqualTo("0x0001ff");
        channel.finishAndReleaseAll();
    }

    static Stream<Arguments> notHeaders() {
        return Stream.of(
                Arguments.of(ascii("G"), ProxyHeaderFailure.MISSING),
                Arguments.of(ascii("PROXYING"), ProxyHeaderFailure.MISSING),
                Arguments.of(
                        new byte[] {13, 10, 13, 10, 0, 13, 10, 'Q', 'U', 'I', 'T', 13}, ProxyHeaderFailure.MISSING),
                Arguments.of(ascii("PROXY UNKNOWN " + "x".repeat(93)), ProxyHeaderFailure.TOO_LONG),
                Arguments.of(
                        v2(HeaderBytes.PROXY, HeaderBytes.TCP4, new byte[4096 - 15]), ProxyHeaderFailure.TOO_LONG));
    }

    @ParameterizedTest
    @MethodSource("notHeaders")
    void refusesAtTheFirstByteThatDoesNotFit(byte[] bytes, ProxyHeaderFailure failure) {
        channel.writeInbound(Unpooled.wrappedBuffer(bytes));
        assertThat(failures).containsExactly(failure);
        assertThat(channel.<Object>readInbound()).isNull();
        channel.finishAndReleaseAll();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "TCP4 192.0.2.07 198.51.100.1 4711 443",
                "TCP4 010.0.0.1 198.51.100.1 4711 443",
                "TCP4 192.0.2.7 198.51.100.01 4711 443",
                "TCP4 192.0.2.7 198.51.100.1 04711 443",
                "TCP4 192.0.2.7 198.51.100.1 +4711 443",
                "TCP4 192.0.2.7 198.51.100.1 4711 0443",
                "TCP4 192.0.2.7 198.51.100.1 0 443",
                "TCP4 192.0.2.7 198.51.100.1 4711",
                "TCP4 192.0.2.777 198.51.100.1 4711 443",
                "TCP4 192.0.2.7 198.51.100.1 4711 443 ",
                "TCP4  192.0.2.7 198.51.100.1 4711 443",
                "TCP6 fe80::1%lo 2001:db8::1 4711 443",
                "TCP6 ::ffff:192.0.2.07 2001:db8::1 4711 443",
                "UNKNOWNS"
            })
    void refusesALineThatIsNotPermitted(String line) {
        for (byte next : ascii("PROXY " + line + "\r\n")) {
            channel.writeInbound(Unpooled.wrappedBuffer(new byte[] {next}));
        }
        assertThat(failures).containsExactly(ProxyHeaderFailure.BROKEN);
        assertThat(channel.<Object>readInbound()).isNull();
        channel.finishAndReleaseAll();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "TCP4 10.0.0.1 198.51.100.100 1 65535",
                "TCP6 2001:0DB8::0007 ::1 4711 443",
                "TCP6 ::ffff:192.0.2.7 ::ffff:198.51.100.1 4711 443",
                "UNKNOWN 192.0.2.07"
            })
    void acceptsALineThatIsPermitted(String line) {
        channel.writeInbound(Unpooled.wrappedBuffer(ascii("PROXY " + line + "\r\n")));
        header();
        assertThat(failures).isEmpty();
        channel.finishAndReleaseAll();
    }

    static Stream<byte[]> brokenHeaders() {
        return Stream.of(
                ascii("PROXY TCP4 192.0.2.7 198.51.100.1 65536 443\r\n"),
                ascii("PROXY UDP4 192.0.2.7 198.51.100.1 4711 443\r\n"),
                // Version 3, an unknown command, an unknown family.
                v2(0x31, HeaderBytes.TCP4, tcp4Addresses()),
                v2(0x22, HeaderBytes.TCP4, tcp4Addresses()),
                v2(HeaderBytes.PROXY, 0x41, tcp4Addresses()),
                // Addresses that are too short, a TLV that is longer than the header.
                v2(HeaderBytes.PROXY, HeaderBytes.TCP6, tcp4Addresses()),
                v2(HeaderBytes.PROXY, HeaderBytes.TCP4, tcp4Addresses(), new byte[] {2, 0, 9, 'x'}));
    }

    @ParameterizedTest
    @MethodSource("brokenHeaders")
    void closesAConnectionWhoseHeaderIsBroken(byte[] header) {
        assertThatThrownBy(() -> channel.writeInbound(Unpooled.wrappedBuffer(concat(header, DATA))))
                .isInstanceOf(RuntimeException.class);
        assertThat(channel.inboundMessages()).noneMatch(HAProxyMessage.class::isInstance);
        channel.releaseInbound();
        channel.close();
    }
}
