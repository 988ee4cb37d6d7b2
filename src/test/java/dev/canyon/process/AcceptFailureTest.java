package dev.canyon.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The cap on connections keeps accept(2) from failing for want of descriptors; should something else take them all ...
 *
 * <p>io_uring is left out: the kernel remembers the limit that was there when accept was handed to it. */
class AcceptFailureTest {

    private static final int LISTENERS = 2;
    private static final Duration SHORTAGE = Duration.ofSeconds(5);
    private static final Pattern WARNING =
            Pattern.compile("Accept failed \\((\\d+) failures since .*Too many open files");

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"epoll", "nio"})
    void acceptIsTriedNowAndThenAndNobodyElseNotices(String transport) throws Exception {
        try (CanyonProcess canyon =
                CanyonProcess.start(directory, "--canyon.default-listeners=false", "--canyon.transport=" + transport)) {
            int[] ports = new int[LISTENERS];
            List<Socket> before = new ArrayList<>();
            for (int i = 0; i < LISTENERS; i++) {
                ports[i] = canyon.create("{\"name\":\"l" + i + "\",\"protocol\":\"tcp\",\"port\":0}");
                before.add(connect(ports[i]));
                assertThat(echoes(before.get(i))).isTrue();
            }
            assertThat(canyon.get("/api/v1/listeners").statusCode()).isEqualTo(200);
            List<String> threads = canyon.threads("canyon-loop");

            assumeThat(canyon.leaveNoDescriptors())
                    .as("prlimit (util-linux) is not there, so a shortage of descriptors is not tested")
                    .isTrue();
            Duration cpuBefore = canyon.cpuTime();
            List<Socket> waiting = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                waiting.add(connect(ports[i % LISTENERS]));
                waiting.get(i).getOutputStream().write(7);
            }
            long until = System.nanoTime() + SHORTAGE.toNanos();
            while (System.nanoTime() < until) {
                assertThat(canyon.get("/api/v1/listeners/l0").statusCode()).isEqualTo(200);
                assertThat(before).allMatch(AcceptFailureTest::echoes);
                Thread.sleep(100);
            }
            assertThat(canyon.cpuTime().minus(cpuBefore)).isLessThan(SHORTAGE.dividedBy(2));
            List<MatchResult> lines = WARNING.matcher(canyon.log()).results().toList();
            assertThat((long) lines.size()).isBetween(2L, SHORTAGE.toSeconds() + 2);
            assertThat(lines.stream()
                            .mapToLong(line -> Long.parseLong(line.group(1)))
                            .sum())
                    .isBetween(2L, LISTENERS * 2 * (SHORTAGE.toSeconds() + 2));

            canyon.leaveEnoughDescriptors();
            await().atMost(Duration.ofSeconds(10))
                    .until(() -> waiting.stream().allMatch(AcceptFailureTest::isAnswered));
            assertThat(canyon.threads("canyon-loop")).isEqualTo(threads);
            assertThat(canyon.log()).doesNotContain("exceptionCaught", "NoClassDefFoundError", "Exception in thread");
            for (Socket client : waiting) {
                client.close();
            }
            for (Socket client : before) {
                client.close();
            }
        }
    }

    private static Socket connect(int port) throws IOException {
        Socket client = new Socket("127.0.0.1", port);
        client.setSoTimeout(10_000);
        return client;
    }

    private static boolean echoes(Socket client) {
        try {
            client.getOutputStream().write(7);
            return client.getInputStream().read() == 7;
        } catch (IOException ex) {
            return false;
        }
    }

    private static boolean isAnswered(Socket client) {
        try {
            return client.getInputStream().available() == 1;
        } catch (IOException ex) {
            return false;
        }
    }
}
