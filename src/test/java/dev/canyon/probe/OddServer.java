package dev.canyon.probe;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import org.jspecify.annotations.Nullable;

/** A TCP server on loopback that runs a behaviour on each client, one client after another. */
public final class OddServer implements AutoCloseable {

    /** The behaviour; the socket of the client is closed afterwards. */
    public interface Behaviour {
        void meet(Socket client) throws Exception;
    }

    private final ServerSocket server;
    private final Thread thread;
    private @Nullable Socket current;

    public OddServer(Behaviour behaviour) throws IOException {
        server = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
        thread = new Thread(() -> serve(behaviour), "odd-server");
        thread.start();
    }

    public InetSocketAddress address() {
        return (InetSocketAddress) server.getLocalSocketAddress();
    }

    private void serve(Behaviour behaviour) {
        while (!server.isClosed()) {
            try (Socket client = server.accept()) {
                synchronized (this) {
                    current = client;
                }
                behaviour.meet(client);
            } catch (Exception ex) {
                // The client or the test has gone.
            }
        }
    }

    /** Sends nothing until the client closes. */
    public static void staySilent(Socket client) throws IOException {
        InputStream in = client.getInputStream();
        while (in.read() >= 0) {
            // Not answered.
        }
    }

    /** Ends the connection with RST. */
    public static void reset(Socket client) throws IOException {
        client.setSoLinger(true, 0);
    }

    @Override
    public void close() throws IOException, InterruptedException {
        server.close();
        synchronized (this) {
            if (current != null) {
                current.close();
            }
        }
        thread.join(10_000);
    }
}
