package dev.canyon.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.canyon.FreePorts;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Canyon in a process of its own, for what can only be seen from outside: signals, limits, the end. */
final class CanyonProcess implements AutoCloseable {

    private static final Duration START = Duration.ofSeconds(90);

    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final Path log;
    private final Process process;
    private final int port;

    private CanyonProcess(Path directory, String shell, String... arguments) throws IOException {
        port = FreePorts.next();
        Files.createDirectories(directory);
        log = directory.resolve("canyon.log");
        List<String> command = new ArrayList<>(List.of(
                "bash",
                "-c",
                shell + "; exec \"$@\"",
                "canyon",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                // Half the time to start; nothing here runs for long.
                "-XX:TieredStopAtLevel=1",
                "-Dio.netty.leakDetection.level=paranoid",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.canyon.CanyonApplication",
                "--server.port=" + port));
        command.addAll(Arrays.asList(arguments));
        process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
    }

    /**
     * Starts it and waits until it is ready.
     *
     * @param directory where it runs and keeps its log
     */
    static CanyonProcess start(Path directory, String... arguments) throws IOException {
        return startAfter("true", directory, arguments);
    }

    /**
     * The same.
     *
     * @param shell is run by a shell before Java starts, for example {@code ulimit -n 300}
     */
    static CanyonProcess startAfter(String shell, Path directory, String... arguments) throws IOException {
        CanyonProcess canyon = new CanyonProcess(directory, shell, arguments);
        canyon.await(canyon::isReady);
        return canyon;
    }

    /** Starts it and does not wait. */
    static CanyonProcess launch(Path directory, String... arguments) throws IOException {
        return new CanyonProcess(directory, "true", arguments);
    }

    /** Starts it, as {@link #startAfter} does, and waits until it has ended by itself. @return what it said */
    static String failAfter(String shell, Path directory, String... arguments) throws Exception {
        try (CanyonProcess canyon = new CanyonProcess(directory, shell, arguments)) {
            boolean ended = canyon.endsWithin(START);
            assertThat(ended).as(canyon.log()).isTrue();
            assertThat(canyon.exitCode()).isNotZero();
            return canyon.log();
        }
    }

    /** Waits until it answers requests, ready or not. */
    void awaitAnswer() {
        await(() -> {
            try {
                return get("/actuator/health/liveness").statusCode() == 200;
            } catch (IOException ex) {
                return false;
            }
        });
    }

    private void await(Callable<Boolean> condition) {
        Awaitility.await().atMost(START).until(() -> {
            if (!process.isAlive()) {
                throw new IllegalStateException("Canyon ended: " + log());
            }
            return condition.call();
        });
    }

    boolean isReady() {
        try {
            return get("/actuator/health/readiness").statusCode() == 200;
        } catch (IOException ex) {
            return false;
        }
    }

    /** Creates a listener. @return the port it has bound */
    int create(String json) throws IOException {
        HttpResponse<String> response = post(json);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(201);
        return JsonMapper.shared().readTree(response.body()).at("/status/port").intValue();
    }

    /** Asks for a listener. */
    HttpResponse<String> post(String json) throws IOException {
        return send(request("/api/v1/listeners")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(json)));
    }

    /**
     * Any other call.
     *
     * @param json the body; null if there is none
     */
    HttpResponse<String> call(String method, String path, @Nullable String json) throws IOException {
        HttpRequest.Builder request = request(path);
        if (json != null) {
            request.header("Content-Type", "application/json");
        }
        return send(request.method(method, json == null ? BodyPublishers.noBody() : BodyPublishers.ofString(json)));
    }

    long receivedBytes(String listener) throws IOException {
        return JsonMapper.shared()
                .readTree(get("/api/v1/listeners/" + listener).body())
                .at("/status/traffic/receivedBytes")
                .longValue();
    }

    /**
     * How many calls of its store have failed.
     *
     * @param operation {@code load} or {@code write}
     */
    int failures(String operation) throws IOException {
        String sample = "canyon_store_operation_seconds_count{operation=\"" + operation + "\",outcome=\"failure\"}";
        return get("/actuator/prometheus")
                .body()
                .lines()
                .filter(line -> line.startsWith(sample))
                .mapToInt(line -> Integer.parseInt(line.substring(sample.length() + 1)))
                .sum();
    }

    HttpResponse<String> get(String path) throws IOException {
        return send(request(path).GET());
    }

    HttpResponse<String> getWith(String key, String path) throws IOException {
        return send(request(path).header("Authorization", "Bearer " + key).GET());
    }

    /** The addresses on which its API listens, as the kernel writes them. */
    List<String> apiAddresses() throws IOException {
        List<String> addresses = new ArrayList<>();
        for (String table : List.of("tcp", "tcp6")) {
            Path sockets = Path.of("/proc", String.valueOf(process.pid()), "net", table);
            for (String line : Files.readAllLines(sockets)) {
                String[] words = line.strip().split("\\s+", -1);
                if (words[3].equals("0A") && words[1].endsWith(String.format(":%04X", port))) {
                    addresses.add(words[1].substring(0, words[1].indexOf(':')));
                }
            }
        }
        return addresses;
    }

    /** Asks for a stream of events, and reads nothing of it as yet. */
    Socket follow(String path) throws IOException {
        Socket stream = new Socket();
        stream.setReceiveBufferSize(8 * 1024);
        stream.setSoTimeout(20_000);
        stream.connect(new InetSocketAddress("127.0.0.1", port));
        String request = "GET " + path + " HTTP/1.0\r\nHost: localhost\r\nAccept: text/event-stream\r\n\r\n";
        stream.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        return stream;
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(10));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException {
        try {
            return client.send(request.build(), BodyHandlers.ofString());
        } catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
            throw new IOException(ex);
        }
    }

    /** Sends another signal, by its name without SIG. */
    void signal(String name) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid()))
                .start()
                .waitFor();
    }

    /** The names of its threads that begin so, as the kernel has them. */
    List<String> threads(String beginning) throws IOException {
        try (Stream<Path> tasks = Files.list(Path.of("/proc", String.valueOf(process.pid()), "task"))) {
            return tasks.map(CanyonProcess::threadName)
                    .filter(name -> name.startsWith(beginning))
                    .sorted()
                    .toList();
        }
    }

    private static String threadName(Path task) {
        try {
            return Files.readString(task.resolve("comm")).strip();
        } catch (IOException ex) {
            // It has ended meanwhile.
            return "";
        }
    }

    /** What all of its threads have used together. */
    Duration cpuTime() {
        return process.info().totalCpuDuration().orElseThrow();
    }

    /** Lowers its limit of descriptors until it can open none. @return false if that cannot be done here */
    boolean leaveNoDescriptors() throws IOException, InterruptedException {
        Path open = Path.of("/proc", String.valueOf(process.pid()), "fd");
        int firstFree = 0;
        while (Files.exists(open.resolve(String.valueOf(firstFree)), LinkOption.NOFOLLOW_LINKS)) {
            firstFree++;
        }
        return limitDescriptors(firstFree);
    }

    void leaveEnoughDescriptors() throws InterruptedException {
        limitDescriptors(1_000);
    }

    private boolean limitDescriptors(int limit) throws InterruptedException {
        try {
            return new ProcessBuilder("prlimit", "--pid", String.valueOf(process.pid()), "--nofile=" + limit + ":")
                            .inheritIO()
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException ex) {
            return false;
        }
    }

    /** Sends SIGTERM. */
    void terminate() {
        process.destroy();
    }

    /** Ends it as kill -9 does. */
    void kill() {
        process.destroyForcibly();
    }

    int exitCode() {
        return process.exitValue();
    }

    boolean endsWithin(Duration time) throws InterruptedException {
        return process.waitFor(time.toMillis(), TimeUnit.MILLISECONDS);
    }

    String log() throws IOException {
        return Files.readString(log);
    }

    /** @throws AssertionError if the process has lost a buffer */
    @Override
    public void close() throws IOException {
        process.destroyForcibly();
        assertThat(log()).doesNotContain("LEAK: ");
    }
}
