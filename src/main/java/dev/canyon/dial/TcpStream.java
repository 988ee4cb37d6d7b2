package dev.canyon.dial;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/** The bytes of a connection: as they are, or over TLS. Operations do not block. */
sealed interface TcpStream permits TcpStream.Plain, TlsStream {

    /** Reads what has arrived. @return the number of bytes, 0 if there are none, -1 after the end */
    int read(ByteBuffer into) throws IOException;

    /** Writes what the kernel accepts. @return whether it has accepted everything, including what earlier calls left */
    boolean write(ByteBuffer bytes) throws IOException;

    /** Ends the outgoing direction; the other one can still be read. @return false if it has to be called again once the socket is writable */
    boolean shutdownOutput() throws IOException;

    /** Sends what precedes FIN, as far as that is possible without waiting. The channel is closed by the caller. */
    void close();

    /** Without TLS. */
    record Plain(SocketChannel channel) implements TcpStream {

        @Override
        public int read(ByteBuffer into) throws IOException {
            return channel.read(into);
        }

        @Override
        public boolean write(ByteBuffer bytes) throws IOException {
            channel.write(bytes);
            return !bytes.hasRemaining();
        }

        @Override
        public boolean shutdownOutput() throws IOException {
            channel.shutdownOutput();
            return true;
        }

        @Override
        public void close() {}
    }
}
