package dev.canyon.junit.example;

import static dev.canyon.junit.Faults.latency;
import static dev.canyon.junit.Faults.noAccept;
import static dev.canyon.junit.Faults.silence;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.canyon.junit.EchoListeners;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What java.net.Socket does with and without timeouts. */
class SocketTimeoutsTest {

    @RegisterExtension
    static final EchoListeners echo = EchoListeners.withTcp("backend");

    /** Found: SO_TIMEOUT is 0, so that a server that has stopped answering stops the client as well. */
    @Test
    void withoutATimeoutAReadOfASilentServerWaitsForEver() throws Exception {
        echo.tcp("backend").fault(silence());
        try (Socket client = connect()) {
            send(client, "question");
            CompletableFuture<Integer> read = CompletableFuture.supplyAsync(() -> {
                try {
                    return client.getInputStream().read();
                } catch (IOException ex) {
                    throw new CompletionException(ex);
                }
            });
            echo.tcp("backend").awaitReceived("question", ofSeconds(10));
            assertThatThrownBy(() -> read.get(500, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
            client.close();
            assertThatThrownBy(() -> read.get(10, TimeUnit.SECONDS)).hasCauseInstanceOf(SocketException.class);
        }
    }

    @Test
    void withATimeoutItFails() throws Exception {
        echo.tcp("backend").fault(silence());
        try (Socket client = connect()) {
            client.setSoTimeout(100);
            send(client, "question");
            assertThatThrownBy(() -> client.getInputStream().read()).isInstanceOf(SocketTimeoutException.class);
        }
    }

    /** Found: after a timeout the connection is still open, and what is read next answers the question before. */
    @Test
    void afterATimeoutTheNextQuestionGetsTheAnswerToTheLastOne() throws Exception {
        var slow = echo.tcp("backend").fault(latency(ofMinutes(1)));
        try (Socket client = connect()) {
            client.setSoTimeout(100);
            send(client, "first");
            assertThatThrownBy(() -> client.getInputStream().readNBytes(5)).isInstanceOf(SocketTimeoutException.class);
            slow.remove();
            client.setSoTimeout(10_000);
            send(client, "other");
            assertThat(client.getInputStream().readNBytes(5)).asString().isEqualTo("first");
        }
    }

    /** Found: connect succeeds without a server that accepts, because the kernel does it; only the read tells. */
    @Test
    void connectSucceedsAlthoughNobodyAccepts() throws Exception {
        echo.tcp("backend").fault(noAccept());
        try (Socket client = connect()) {
            client.setSoTimeout(100);
            send(client, "question");
            assertThatThrownBy(() -> client.getInputStream().read()).isInstanceOf(SocketTimeoutException.class);
            assertThat(echo.tcp("backend").connections()).isEmpty();
        }
    }

    private static Socket connect() throws IOException {
        return new Socket(echo.tcp("backend").host(), echo.tcp("backend").port());
    }

    private static void send(Socket client, String text) throws IOException {
        client.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    }
}
