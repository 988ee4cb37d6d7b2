package dev.canyon.engine.reply;

import dev.canyon.engine.identity.ProxyHeader;
import dev.canyon.engine.identity.ProxyTls;
import dev.canyon.engine.peer.ConnectionIdentity.Proxied;
import dev.canyon.net.IpText;
import io.netty.buffer.ByteBuf;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A line of JSON that tells a client how it and its message are seen here. The names are those of the API. */
final class IdentityLine {

    /** Bytes of a message that the line repeats. */
    private static final int MAX_REPEATED = 1_024;

    private final StringBuilder json = new StringBuilder(256);

    private IdentityLine() {}

    /** The line in UTF-8, with LF at its end. */
    static byte[] of(Received received) {
        byte[] repeated = beginning(received.message());
        boolean truncated = repeated.length < received.message().readableBytes();
        IdentityLine line = new IdentityLine();
        line.text("listener", received.listener().isEmpty() ? null : received.listener());
        line.text("replica", null);
        line.text("protocol", received.protocol().toString());
        line.address("remote", received.identity().client());
        line.address("local", received.identity().server());
        line.proxied(received.identity().proxied());
        Long connection = received.connection();
        line.text("connection", connection == null ? null : String.valueOf(connection));
        line.raw("sequence", String.valueOf(received.sequence()));
        line.text("receivedAt", received.at().truncatedTo(ChronoUnit.MICROS).toString());
        line.raw("bytes", String.valueOf(received.message().readableBytes()));
        line.raw("truncated", String.valueOf(truncated));
        line.text("base64", Base64.getEncoder().encodeToString(repeated));
        line.text("text", utf8(repeated, truncated));
        return line.json.append("}\n").toString().getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] beginning(ByteBuf message) {
        byte[] bytes = new byte[Math.min(message.readableBytes(), MAX_REPEATED)];
        message.getBytes(message.readerIndex(), bytes);
        return bytes;
    }

    /** @return null if it is not valid UTF-8; of a truncated message, an incomplete character at the end is left out */
    private static @Nullable String utf8(byte[] bytes, boolean truncated) {
        CharBuffer text = CharBuffer.allocate(bytes.length);
        CoderResult result = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes), text, !truncated);
        return result.isError() ? null : text.flip().toString();
    }

    private void address(String which, InetSocketAddress address) {
        text(which + "Address", IpText.of(address.getAddress()));
        raw(which + "Port", String.valueOf(address.getPort()));
    }

    private void proxied(@Nullable Proxied by) {
        InetSocketAddress proxy = by == null ? null : by.namingProxy();
        text("proxyAddress", proxy == null ? null : IpText.of(proxy.getAddress()));
        raw("proxyPort", proxy == null ? "null" : String.valueOf(proxy.getPort()));
        raw("proxyHeader", by == null ? "null" : header(by));
    }

    private static String header(Proxied by) {
        ProxyHeader header = by.header();
        IdentityLine inner = new IdentityLine();
        inner.raw("version", String.valueOf(header.version()));
        inner.text("command", header.local() ? "local" : "proxy");
        inner.address("local", by.local());
        inner.text("alpn", header.alpn());
        inner.text("authority", header.authority());
        inner.text("uniqueId", header.uniqueId());
        inner.text("networkNamespace", header.networkNamespace());
        inner.raw("tls", header.tls() == null ? "null" : tls(header.tls()));
        inner.raw("others", others(header.others()));
        return inner.json.append('}').toString();
    }

    private static String others(Map<String, String> others) {
        return others.entrySet().stream()
                .map(other -> quoted(other.getKey()) + ':' + quoted(other.getValue()))
                .sorted()
                .collect(Collectors.joining(",", "{", "}"));
    }

    private static String tls(ProxyTls tls) {
        IdentityLine inner = new IdentityLine();
        inner.text("protocol", tls.protocol());
        inner.text("commonName", tls.commonName());
        inner.raw("clientCertificate", String.valueOf(tls.clientCertificate()));
        inner.raw("verified", String.valueOf(tls.verified()));
        return inner.json.append('}').toString();
    }

    private void raw(String name, String value) {
        json.append(json.length() == 0 ? '{' : ',')
                .append('"')
                .append(name)
                .append("\":")
                .append(value);
    }

    private void text(String name, @Nullable String value) {
        raw(name, value == null ? "null" : quoted(value));
    }

    /** RFC 8259, section 7: quotation mark, reverse solidus and control characters are escaped. */
    private static String quoted(String value) {
        StringBuilder quoted = new StringBuilder(value.length() + 2).append('"');
        value.chars().forEach(c -> {
            if (c == '"' || c == '\\') {
                quoted.append('\\').append((char) c);
            } else if (c < 0x20 || c == 0x7f) {
                quoted.append("\\u%04x".formatted(c));
            } else {
                quoted.append((char) c);
            }
        });
        return quoted.append('"').toString();
    }
}
