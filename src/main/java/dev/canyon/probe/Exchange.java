package dev.canyon.probe;

import dev.canyon.dial.ClientSocket;
import dev.canyon.dial.SocketFailure;
import dev.canyon.dial.tls.TlsReport;
import dev.canyon.net.Protocol;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/** Sends a message and receives the response, repeatedly on one socket. Not thread-safe. */
abstract sealed class Exchange implements AutoCloseable permits TcpExchange, UdpExchange {

    /** Maximum number of bytes received beyond what is expected: the response is wrong already. */
    private static final int MAX_EXTRA_BYTES = 256 * 1024;

    /** Maximum number of reads to discard late responses, so that a peer that never pauses cannot block the exchange. */
    static final int MAX_LATE_READS = 64;

    final TestMessage message;
    final StepTimer timer;
    private final ByteArrayOutputStream received = new ByteArrayOutputStream();
    private boolean failed;
    private @Nullable Outcome outcome;
    private @Nullable String detail;

    Exchange(TestMessage message, StepTimer timer) {
        this.message = message;
        this.timer = timer;
    }

    /** Opens and binds a socket; no packet is sent. @throws IOException if that fails */
    static Exchange open(Protocol protocol, InetSocketAddress target, TestMessage message, StepTimer timer)
            throws IOException {
        return switch (protocol) {
            case TCP -> new TcpExchange(target, message, timer);
            case UDP -> new UdpExchange(target, message, timer);
        };
    }

    /** Sends the message once and waits for the response. Must not be called once the exchange is over. */
    Attempt attempt(boolean last) {
        timer.restart();
        received.reset();
        outcome = null;
        detail = null;
        try {
            run(last);
        } catch (IOException ex) {
            failed = true;
            SocketFailure failure = SocketFailure.of(ex);
            end(Outcome.of(failure), failure.detail());
        }
        return new Attempt(outcome == null ? Outcome.OTHER : outcome, received.toByteArray(), timer.timing(), detail);
    }

    /** @throws IOException if the network or the peer ends the attempt */
    abstract void run(boolean last) throws IOException;

    /** Returns whether no further attempt is possible on this socket. */
    abstract boolean isOver();

    abstract ClientSocket socket();

    /** Returns what TLS has negotiated so far; null without TLS. */
    abstract @Nullable TlsReport tls();

    /** Returns whether the last attempt was ended by the network or the peer. */
    boolean hasFailed() {
        return failed;
    }

    byte[] received() {
        return received.toByteArray();
    }

    boolean isTooMuch() {
        return received.size() > message.expectation().length() + MAX_EXTRA_BYTES;
    }

    void keep(byte[] bytes, int length) {
        timer.received();
        received.write(bytes, 0, length);
    }

    void end(Outcome outcome, @Nullable String detail) {
        this.outcome = outcome;
        this.detail = detail;
    }

    void endWithoutResponse() {
        end(Outcome.TIMEOUT_READ, "no response within " + message.timeout().toMillis() + " ms");
    }

    @Override
    public void close() throws IOException {
        socket().close();
    }
}
