package com.example;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.stereotype.Component;

/** Asks a server on the network for quotes, and has one of its own if it does not answer in time. */
@Component
public class Quotes {

    static final String FALLBACK = "No quote today.";

    private final InetSocketAddress server;

    Quotes(@Value("${quotes.host}") String host, @Value("${quotes.port}") int port) {
        this.server = new InetSocketAddress(host, port);
    }

    public String next() {
        try (Socket socket = new Socket()) {
            socket.connect(server, 500);
            socket.setSoTimeout(500);
            socket.getOutputStream().write('\n');
            byte[] quote = socket.getInputStream().readNBytes(11);
            return new String(quote, StandardCharsets.UTF_8);
        } catch (SocketTimeoutException ex) {
            return FALLBACK;
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    @SpringBootApplication
    static class Application {}
}
