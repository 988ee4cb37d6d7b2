package dev.canyon.dial;

import dev.canyon.dial.tls.ClientHandshake;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLProtocolException;

/** TLS on a connection. Used by one thread. */
final class TlsStream implements TcpStream {

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    /** The first byte of every record of TLS 1.0 to 1.3 is one of these (RFC 8446, 5.1): alert, handshake, application data. */
    private static final int FIRST_CONTENT_TYPE = 20;

    private static final int LAST_CONTENT_TYPE = 23;

    /** A peer that sends only records without content must not occupy the caller forever. */
    private static final int MAX_RECORDS_WITHOUT_CONTENT = 1_000;

    private final SocketChannel channel;
    private final ClientHandshake handshake;
    private final SSLEngine engine;
    /** Ciphertext that has arrived; its readable part is between position and limit. */
    private ByteBuffer incoming;
    /** Ciphertext that the kernel has not accepted yet, likewise. */
    private ByteBuffer outgoing;
    /** Plaintext that the caller has not taken yet, likewise. */
    private ByteBuffer decrypted;

    private int recordsWithoutContent;
    private boolean isTls;
    private boolean ended;

    TlsStream(SocketChannel channel, ClientHandshake handshake) {
        this.channel = channel;
        this.handshake = handshake;
        this.engine = handshake.engine();
        int packet = engine.getSession().getPacketBufferSize();
        incoming = empty(packet);
        outgoing = empty(packet);
        decrypted = empty(engine.getSession().getApplicationBufferSize());
    }

    private static ByteBuffer empty(int capacity) {
        return ByteBuffer.allocate(capacity).limit(0);
    }

    /**
     * Performs the handshake. Blocks for at most the timeout.
     *
     * @throws dev.canyon.dial.tls.TlsFailedException if it fails or takes longer
     */
    void handshake(ClientSocket socket, Duration timeout) throws IOException {
        long deadline = ClientSocket.deadlineAfter(timeout);
        try {
            engine.beginHandshake();
            while (isHandshaking()) {
                boolean progress = step();
                if (!flush()) {
                    progress = false;
                }
                if (progress ? System.nanoTime() - deadline > 0 : !socket.await(operations(), deadline)) {
                    throw handshake.timedOut(timeout.toMillis());
                }
            }
        } catch (SSLException ex) {
            throw failure(ex);
        }
    }

    private boolean isHandshaking() {
        HandshakeStatus status = engine.getHandshakeStatus();
        return outgoing.hasRemaining()
                || (status != HandshakeStatus.NOT_HANDSHAKING && status != HandshakeStatus.FINISHED);
    }

    private int operations() {
        return outgoing.hasRemaining() ? SelectionKey.OP_WRITE : SelectionKey.OP_READ;
    }

    /** @return whether a further step may be possible without waiting */
    private boolean step() throws IOException {
        switch (engine.getHandshakeStatus()) {
            case NEED_TASK -> runTasks();
            case NEED_WRAP -> {
                if (!outgoing.hasRemaining()) {
                    wrap(NOTHING);
                }
            }
            case NEED_UNWRAP, NEED_UNWRAP_AGAIN -> {
                if (!unwrap()) {
                    int count = fill();
                    if (count < 0) {
                        throw handshake.closed();
                    }
                    return count > 0;
                }
            }
            case NOT_HANDSHAKING, FINISHED -> {}
        }
        return true;
    }

    private void runTasks() {
        Runnable task;
        while ((task = engine.getDelegatedTask()) != null) {
            task.run();
        }
    }

    @Override
    public int read(ByteBuffer into) throws IOException {
        try {
            while (!decrypted.hasRemaining() && !ended) {
                if (!unwrap()) {
                    int count = fill();
                    if (count == 0) {
                        return 0;
                    }
                    if (count < 0) {
                        handshake.truncated();
                        ended = true;
                    }
                }
            }
        } catch (SSLException ex) {
            throw failure(ex);
        }
        if (!decrypted.hasRemaining()) {
            return -1;
        }
        int count = Math.min(decrypted.remaining(), into.remaining());
        into.put(decrypted.slice(decrypted.position(), count));
        decrypted.position(decrypted.position() + count);
        return count;
    }

    /** Reads ciphertext. @return the number of bytes, 0 if there are none, -1 after FIN */
    private int fill() throws IOException {
        incoming.compact();
        int count = channel.read(incoming);
        incoming.flip();
        if (count > 0 && !isTls) {
            requireTls();
        }
        return count;
    }

    private void requireTls() throws SSLException {
        byte type = incoming.get(incoming.position());
        if (type < FIRST_CONTENT_TYPE || type > LAST_CONTENT_TYPE) {
            byte[] received = new byte[incoming.remaining()];
            incoming.get(incoming.position(), received);
            throw handshake.plainText(received);
        }
        isTls = true;
    }

    /** Decrypts one record. @return false if it has not arrived completely */
    private boolean unwrap() throws SSLException {
        decrypted.compact();
        SSLEngineResult result;
        try {
            result = engine.unwrap(incoming, decrypted);
        } finally {
            decrypted.flip();
        }
        switch (result.getStatus()) {
            case BUFFER_UNDERFLOW -> {
                int packet = engine.getSession().getPacketBufferSize();
                incoming = incoming.capacity() < packet ? copy(incoming, packet) : incoming;
                return false;
            }
            case BUFFER_OVERFLOW ->
                decrypted = copy(
                        decrypted, decrypted.capacity() + engine.getSession().getApplicationBufferSize());
            case CLOSED -> ended = true;
            case OK -> {
                if (result.getHandshakeStatus() == HandshakeStatus.NEED_TASK) {
                    runTasks();
                }
                count(result);
                return result.bytesConsumed() > 0;
            }
        }
        return true;
    }

    private void count(SSLEngineResult record) throws SSLException {
        recordsWithoutContent = record.bytesProduced() > 0 ? 0 : recordsWithoutContent + 1;
        if (recordsWithoutContent > MAX_RECORDS_WITHOUT_CONTENT) {
            throw new SSLProtocolException("more than " + MAX_RECORDS_WITHOUT_CONTENT + " records without content");
        }
    }

    private static ByteBuffer copy(ByteBuffer buffer, int capacity) {
        return ByteBuffer.allocate(capacity).put(buffer).flip();
    }

    @Override
    public boolean write(ByteBuffer bytes) throws IOException {
        try {
            boolean flushed = flush();
            while (flushed && bytes.hasRemaining()) {
                if (wrap(bytes).getStatus() == Status.CLOSED) {
                    // The peer has ended the connection, which in TLS 1.2 ends both directions.
                    return false;
                }
                flushed = flush();
            }
            return flushed;
        } catch (SSLException ex) {
            throw failure(ex);
        }
    }

    /** Encrypts one record. Only called when the previous one was flushed. */
    private SSLEngineResult wrap(ByteBuffer bytes) throws SSLException {
        outgoing.clear();
        SSLEngineResult result;
        try {
            result = engine.wrap(bytes, outgoing);
        } finally {
            outgoing.flip();
        }
        if (result.getStatus() == Status.BUFFER_OVERFLOW) {
            outgoing = empty(engine.getSession().getPacketBufferSize());
        }
        return result;
    }

    private boolean flush() throws IOException {
        try {
            channel.write(outgoing);
            return !outgoing.hasRemaining();
        } catch (IOException ex) {
            // The peer may have said why before it reset the connection.
            readAlert();
            throw ex;
        }
    }

    private void readAlert() throws SSLException {
        try {
            while (!ended && (unwrap() || fill() > 0)) {
                // An alert ends it with an exception.
            }
        } catch (SSLException ex) {
            throw ex;
        } catch (IOException ex) {
            // The connection has been reset, as the caller knows.
        }
    }

    @Override
    public boolean shutdownOutput() throws IOException {
        boolean complete = endOutput();
        if (complete) {
            channel.shutdownOutput();
        }
        return complete;
    }

    /** Sends close_notify, or the alert that the engine has prepared. @return whether the kernel has accepted it */
    private boolean endOutput() throws IOException {
        engine.closeOutbound();
        while (flush()) {
            if (engine.isOutboundDone()) {
                return true;
            }
            if (wrap(NOTHING).bytesProduced() == 0) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void close() {
        try {
            endOutput();
        } catch (IOException ex) {
            // The connection has already ended.
        }
    }

    /** Tells the peer why with an alert, and the caller with an explanation. */
    private SSLException failure(SSLException cause) {
        SSLException explained = handshake.failure(cause);
        close();
        return explained;
    }
}
