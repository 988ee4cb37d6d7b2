package dev.canyon.junit;

import dev.canyon.engine.fault.HandshakeEffect;
import dev.canyon.engine.fault.stream.StreamEnd;
import dev.canyon.engine.fault.type.Bandwidth;
import dev.canyon.engine.fault.type.BurstLoss;
import dev.canyon.engine.fault.type.Corrupt;
import dev.canyon.engine.fault.type.Disconnect;
import dev.canyon.engine.fault.type.Drop;
import dev.canyon.engine.fault.type.Duplicate;
import dev.canyon.engine.fault.type.HalfClose;
import dev.canyon.engine.fault.type.HandshakeFail;
import dev.canyon.engine.fault.type.IgnoreFin;
import dev.canyon.engine.fault.type.Latency;
import dev.canyon.engine.fault.type.Limit;
import dev.canyon.engine.fault.type.NoAccept;
import dev.canyon.engine.fault.type.Refuse;
import dev.canyon.engine.fault.type.Reorder;
import dev.canyon.engine.fault.type.Silence;
import dev.canyon.engine.fault.type.Slice;
import dev.canyon.engine.fault.type.Stall;
import dev.canyon.engine.fault.type.Truncate;
import dev.canyon.junit.TestFault.Tcp;
import dev.canyon.junit.TestFault.TcpAndUdp;
import dev.canyon.junit.TestFault.Udp;
import java.time.Duration;

/**
 * What a listener can do wrong on purpose. To be imported statically:
 *
 * <pre>{@code
 * echo.tcp("backend").fault(latency(ofMillis(200)).first(3));
 * }</pre>
 *
 * <p>Applied to replies where nothing else is said. Times are rounded to milliseconds. A value that is out of range throws {@link
 * IllegalArgumentException}.
 */
public final class Faults {

    private static final long QUEUE_BYTES = 65_536;
    private static final int CORRUPTED_BLOCK_BYTES = 1024;
    private static final Duration LONGEST_HOLD = Duration.ofSeconds(1);

    private Faults() {}

    /** Delays each byte or datagram. TCP keeps its order. */
    public static TestFault<TcpAndUdp> latency(Duration delay) {
        return latency(delay, Duration.ZERO);
    }

    /** Delays each byte or datagram by the delay plus or minus up to the jitter. */
    public static TestFault<TcpAndUdp> latency(Duration delay, Duration jitter) {
        return TestFault.of(new Latency(delay, jitter, Latency.Distribution.UNIFORM, false));
    }

    /** Limits the rate. Datagrams that would wait behind 64 KiB are dropped. */
    public static TestFault<TcpAndUdp> bandwidth(long bytesPerSecond) {
        return TestFault.of(new Bandwidth(bytesPerSecond, 0, QUEUE_BYTES));
    }

    /**
     * Flips bits: of each datagram, or of each block of 1024 bytes of a stream. {@link TestFault#first}, {@link TestFault#after}, {@link
     * TestFault#every} and {@link TestFault#withProbability} choose blocks instead of connections.
     */
    public static TestFault<TcpAndUdp> corrupt(int bits) {
        return TestFault.of(new Corrupt(bits, CORRUPTED_BLOCK_BYTES));
    }

    /** Reads, and never answers. */
    public static TestFault<Tcp> silence() {
        return TestFault.of(new Silence());
    }

    /** Stops reading, so that the client can send no more once the buffers are full. */
    public static TestFault<Tcp> stall() {
        return TestFault.of(new Stall());
    }

    /** Sends replies in segments of this size, with this time between them. */
    public static TestFault<Tcp> slice(int bytes, Duration delay) {
        return TestFault.of(new Slice(bytes, 0, delay));
    }

    /** Closes connections with FIN: open ones at once, new ones when they are accepted. */
    public static TestFault<Tcp> disconnect() {
        return TestFault.of(new Disconnect(Duration.ZERO, StreamEnd.FIN));
    }

    /** Closes connections with RST: open ones at once, new ones when they are accepted. */
    public static TestFault<Tcp> reset() {
        return TestFault.of(new Disconnect(Duration.ZERO, StreamEnd.RESET));
    }

    /** Closes a connection with FIN once this many bytes of replies were sent; 0 for at once. */
    public static TestFault<Tcp> disconnectAfter(long bytes) {
        return TestFault.of(new Limit(bytes, Limit.Then.FIN));
    }

    /** Closes a connection with RST once this many bytes of replies were sent; 0 for at once. */
    public static TestFault<Tcp> resetAfter(long bytes) {
        return TestFault.of(new Limit(bytes, Limit.Then.RESET));
    }

    /** Sends FIN once this many bytes of replies were sent, and continues to read. */
    public static TestFault<Tcp> halfCloseAfter(long bytes) {
        return TestFault.of(new HalfClose(bytes));
    }

    /** Never answers the client's FIN. */
    public static TestFault<Tcp> ignoreFin() {
        return TestFault.of(new IgnoreFin(Duration.ZERO));
    }

    /** Fails TLS handshakes with the alert {@code handshake_failure}. For listeners with TLS. */
    public static TestFault<Tcp> handshakeFailure() {
        return TestFault.of(new HandshakeFail(HandshakeEffect.Ending.ALERT));
    }

    /** Never answers in TLS handshakes. For listeners with TLS. */
    public static TestFault<Tcp> handshakeStall() {
        return TestFault.of(new HandshakeFail(HandshakeEffect.Ending.STALL));
    }

    /** Refuses connects, and keeps the port. Open connections are served. A listener has one such fault at a time. */
    public static TestFault<Tcp> refuse() {
        return TestFault.of(new Refuse());
    }

    /** Accepts nobody: the kernel completes connects until its queue is full, and nothing is read. Open connections are served. */
    public static TestFault<Tcp> noAccept() {
        return TestFault.of(new NoAccept());
    }

    /** Drops datagrams. */
    public static TestFault<Udp> drop() {
        return TestFault.of(new Drop());
    }

    /**
     * Drops datagrams in bursts (Gilbert's model).
     *
     * @param enterProbability of the start of a burst, per datagram
     * @param exitProbability of the end of a burst, per datagram
     */
    public static TestFault<Udp> burstLoss(double enterProbability, double exitProbability) {
        return TestFault.of(new BurstLoss(enterProbability, exitProbability, 0, 1));
    }

    /** Sends each datagram twice. */
    public static TestFault<Udp> duplicate() {
        return TestFault.of(new Duplicate(1, Duration.ZERO));
    }

    /** Lets this many later datagrams overtake each one, for at most a second. */
    public static TestFault<Udp> reorder(int byDatagrams) {
        return TestFault.of(new Reorder(byDatagrams, Duration.ZERO, LONGEST_HOLD));
    }

    /** Cuts datagrams to this length. */
    public static TestFault<Udp> truncate(int bytes) {
        return TestFault.of(new Truncate(bytes));
    }
}
