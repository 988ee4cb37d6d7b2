package com.example;

import static dev.canyon.junit.Faults.disconnect;
import static dev.canyon.junit.Faults.latency;
import static dev.canyon.junit.Faults.refuse;
import static dev.canyon.junit.Faults.silence;
import static dev.canyon.junit.Faults.slice;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.canyon.junit.EchoListeners;
import dev.canyon.junit.Listener;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class EchoClientTest {

    @RegisterExtension
    static final EchoListeners echo = EchoListeners.withTcp("server");

    @Test
    void receivesWhatItSends() throws IOException {
        assertEquals("Hello karl", EchoClient.send(echo.tcp("server").address(), "Hello karl"));
        echo.tcp("server").awaitReceived("Hello karl", ofSeconds(5));
    }

    @Test
    void waitsForASlowServer() throws IOException {
        echo.tcp("server").fault(latency(ofMillis(200)).first(1));
        assertEquals("Hello karl", EchoClient.send(echo.tcp("server").address(), "Hello karl"));
    }

    @Test
    void givesUpOnASilentServer() {
        echo.tcp("server").fault(silence());
        assertThrows(
                SocketTimeoutException.class,
                () -> EchoClient.send(echo.tcp("server").address(), "Hello karl"));
    }

    @Test
    void failsWithoutAServer(@Listener("server") InetSocketAddress address) {
        echo.tcp("server").fault(refuse());
        assertThrows(ConnectException.class, () -> EchoClient.send(address, "Hello karl"));
    }

    /** A bug: one read is not one message. */
    @Test
    void takesTheFirstSegmentForTheWholeAnswer() throws IOException {
        echo.tcp("server").fault(slice(5, ofSeconds(1)));
        assertEquals("Hello", EchoClient.send(echo.tcp("server").address(), "Hello karl"));
    }

    /** Another: read returns -1 at the end of the stream. */
    @Test
    void failsWhenTheServerCloses() {
        echo.tcp("server").fault(disconnect());
        assertThrows(
                IndexOutOfBoundsException.class,
                () -> EchoClient.send(echo.tcp("server").address(), "Hello karl"));
    }
}
