package dev.canyon.cli;

import static org.awaitility.Awaitility.await;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.util.List;
import java.util.stream.Stream;

/** {@code canyon listen} on a separate thread. */
final class Listening implements AutoCloseable {

    // Its buffer is synchronised, so that it can be read while it is written.
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final Thread thread;
    private volatile int status = -1;

    private Listening(String... arguments) {
        String[] all = Stream.concat(Stream.of("listen"), Stream.of(arguments)).toArray(String[]::new);
        thread = new Thread(() -> status = Cli.run(new PrintWriter(out), new PrintWriter(err), all), "listening");
    }

    /** Starts the command and waits until its endpoints are open. */
    static Listening start(String... arguments) {
        Listening listening = new Listening(arguments);
        long uris = Stream.of(arguments)
                .filter(argument -> argument.contains("://"))
                .count();
        listening.thread.start();
        await().until(() -> listening.lines().size() >= uris || !listening.thread.isAlive());
        return listening;
    }

    String out() {
        return out.toString();
    }

    String err() {
        return err.toString();
    }

    List<String> lines() {
        return out().lines().toList();
    }

    int status() {
        return status;
    }

    /** Returns the URI of the first endpoint of a protocol. */
    String uri(String protocol) {
        return lines().stream()
                .filter(line -> line.startsWith(protocol))
                .map(line -> line.substring(0, line.indexOf(' ')))
                .findFirst()
                .orElseThrow();
    }

    int port(String protocol) {
        return URI.create(uri(protocol)).getPort();
    }

    /** Interrupts the command and waits for its end. */
    void end() throws InterruptedException {
        thread.interrupt();
        thread.join(20_000);
    }

    @Override
    public void close() throws InterruptedException {
        end();
    }
}
