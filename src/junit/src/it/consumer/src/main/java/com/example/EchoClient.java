package com.example;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** The client of an introduction to sockets: connect, send, receive, close. */
public final class EchoClient {

    private static final int TIMEOUT_MILLIS = 2000;

    /** Sends a text and returns what comes back. */
    public static String send(InetSocketAddress server, String text) throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(server, TIMEOUT_MILLIS);
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
            byte[] buffer = new byte[1024];
            int received = socket.getInputStream().read(buffer);
            return new String(buffer, 0, received, StandardCharsets.UTF_8);
        }
    }

    private EchoClient() {}
}
