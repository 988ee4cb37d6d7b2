package dev.canyon.dial;

import static dev.canyon.engine.identity.HeaderBytes.ascii;
import static dev.canyon.engine.identity.HeaderBytes.tcp4Addresses;
import static dev.canyon.engine.identity.HeaderBytes.tcp6Addresses;
import static dev.canyon.engine.identity.HeaderBytes.v1;
import static dev.canyon.engine.identity.HeaderBytes.v2;
import static org.assertj.core.api.Assertions.assertThat;

import dev.canyon.engine.identity.HeaderBytes;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class OutgoingProxyHeaderTest {

    private static final InetSocketAddress CLIENT = new InetSocketAddress("192.0.2.7", 4711);
    private static final InetSocketAddress FRONT = new InetSocketAddress("198.51.100.1", 443);
    private static final InetSocketAddress CLIENT6 = new InetSocketAddress("2001:db8::7", 4711);
    private static final InetSocketAddress FRONT6 = new InetSocketAddress("2001:db8::1", 443);

    static Stream<Arguments> headers() {
        return Stream.of(
                Arguments.of(1, CLIENT, null, FRONT, v1()),
                Arguments.of(1, CLIENT, FRONT, FRONT6, v1()),
                Arguments.of(1, CLIENT, null, FRONT6, ascii("PROXY TCP6 ::ffff:192.0.2.7 2001:db8::1 4711 443\r\n")),
                Arguments.of(1, null, null, FRONT, ascii("PROXY UNKNOWN\r\n")),
                Arguments.of(2, CLIENT, null, FRONT, v2(HeaderBytes.PROXY, HeaderBytes.TCP4, tcp4Addresses())),
                Arguments.of(2, CLIENT6, FRONT6, FRONT, v2(HeaderBytes.PROXY, HeaderBytes.TCP6, tcp6Addresses())),
                Arguments.of(2, null, null, FRONT, v2(HeaderBytes.LOCAL, HeaderBytes.UNSPEC)));
    }

    @ParameterizedTest
    @MethodSource("headers")
    void isEncodedAsTheSpecificationHasIt(
            int version,
            @Nullable InetSocketAddress source,
            @Nullable InetSocketAddress destination,
            InetSocketAddress target,
            byte[] expected) {
        ByteBuffer bytes = new OutgoingProxyHeader(version, source, destination).bytes(target);
        assertThat(bytes).isEqualTo(ByteBuffer.wrap(expected));
    }
}
