package dev.canyon.dial;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.ConnectTimeoutException;
import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.PortUnreachableException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.channels.AsynchronousCloseException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The exceptions of JDK channels and of Netty's transports mean the same. */
class SocketFailureTest {

    @ParameterizedTest
    @MethodSource
    void classifiesByTypeAndMessage(IOException cause, SocketFailure.Kind kind) {
        assertThat(SocketFailure.of(cause)).isEqualTo(new SocketFailure(kind, String.valueOf(cause.getMessage())));
    }

    @Test
    void explainsAnExceptionWithoutMessage() {
        assertThat(SocketFailure.of(new PortUnreachableException()))
                .isEqualTo(new SocketFailure(SocketFailure.Kind.REFUSED, "ICMP port unreachable"));
        assertThat(SocketFailure.of(new AsynchronousCloseException()).detail()).isEqualTo("the socket has been closed");
        assertThat(SocketFailure.of(new IOException()).detail()).isEqualTo("the system gives no reason");
    }

    static Stream<Arguments> classifiesByTypeAndMessage() {
        return Stream.of(
                Arguments.of(new UnknownHostException("nowhere"), SocketFailure.Kind.DNS),
                Arguments.of(new SocketTimeoutException("no answer to SYN"), SocketFailure.Kind.CONNECT_TIMEOUT),
                Arguments.of(
                        new ConnectTimeoutException("connection timed out after 300 ms: /192.0.2.1:7"),
                        SocketFailure.Kind.CONNECT_TIMEOUT),
                Arguments.of(new ConnectException("Connection timed out"), SocketFailure.Kind.CONNECT_TIMEOUT),
                Arguments.of(new ConnectException("Connection refused"), SocketFailure.Kind.REFUSED),
                Arguments.of(
                        new IOException("recvmmsg(..) failed with error(-111): Connection refused"),
                        SocketFailure.Kind.REFUSED),
                Arguments.of(new PortUnreachableException("Connection refused"), SocketFailure.Kind.REFUSED),
                Arguments.of(new NoRouteToHostException("No route to host"), SocketFailure.Kind.UNREACHABLE),
                Arguments.of(new ConnectException("Network is unreachable"), SocketFailure.Kind.UNREACHABLE),
                Arguments.of(
                        new ConnectException("finishConnect(..) failed with error(-104): Connection reset by peer"),
                        SocketFailure.Kind.RESET),
                Arguments.of(new IOException("Connection reset by peer"), SocketFailure.Kind.RESET),
                Arguments.of(new IOException("Broken pipe"), SocketFailure.Kind.RESET),
                Arguments.of(new BindException("Address already in use"), SocketFailure.Kind.OTHER));
    }
}
