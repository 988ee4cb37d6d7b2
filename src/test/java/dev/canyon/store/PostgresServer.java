package dev.canyon.store;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A PostgreSQL server that can be stopped, restarted with the same port and data, and suspended. */
public final class PostgresServer implements AutoCloseable {

    private final Path data;
    private final int port;
    private EmbeddedPostgres server;

    public PostgresServer() throws IOException {
        data = Files.createTempDirectory("canyon-postgres");
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            port = free.getLocalPort();
        }
        server = launch();
    }

    private EmbeddedPostgres launch() throws IOException {
        return EmbeddedPostgres.builder()
                .setPort(port)
                .setDataDirectory(data)
                .setCleanDataDirectory(false)
                .start();
    }

    public String url(String database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
    }

    /** Creates a database. @return its URL */
    String create(String database) throws SQLException {
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + database);
        }
        return url(database);
    }

    Connection connect(String database) throws SQLException {
        return server.getDatabase("postgres", database).getConnection();
    }

    public void stop() throws IOException {
        server.close();
    }

    public void start() throws IOException {
        server = launch();
    }

    /** Suspends the server: it accepts connections but does not respond. */
    public void hang() throws IOException, InterruptedException {
        signal("STOP");
    }

    public void resume() throws IOException, InterruptedException {
        signal("CONT");
    }

    private void signal(String name) throws IOException, InterruptedException {
        ProcessHandle main = ProcessHandle.of(Long.parseLong(Files.readAllLines(data.resolve("postmaster.pid"))
                        .get(0)
                        .strip()))
                .orElseThrow();
        List<String> processes = Stream.concat(Stream.of(main), main.descendants())
                .map(process -> String.valueOf(process.pid()))
                .toList();
        new ProcessBuilder(Stream.concat(Stream.of("kill", "-" + name), processes.stream())
                        .toList())
                .start()
                .waitFor();
    }

    @Override
    public void close() throws IOException {
        server.close();
        try (Stream<Path> files = Files.walk(data)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
