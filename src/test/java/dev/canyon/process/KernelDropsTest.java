package dev.canyon.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A process that is held up loses datagrams in the kernel; they are counted, each one. */
class KernelDropsTest {

    private static final int DATAGRAMS = 20_000;

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"auto", "nio"})
    void whatTheKernelDropsIsCounted(String transport) throws Exception {
        try (CanyonProcess canyon = CanyonProcess.start(
                        directory, "--canyon.default-listeners=false", "--canyon.transport=" + transport);
                DatagramSocket client = new DatagramSocket()) {
            int port = canyon.create("{\"name\":\"a\",\"protocol\":\"udp\",\"port\":0}");
            canyon.signal("STOP");
            for (int i = 0; i < DATAGRAMS; i++) {
                client.send(new DatagramPacket(new byte[1000], 1000, new InetSocketAddress("127.0.0.1", port)));
            }
            canyon.signal("CONT");
            await().untilAsserted(() -> {
                JsonNode status = JsonMapper.shared()
                        .readTree(canyon.get("/api/v1/listeners/a").body())
                        .at("/status");
                long received = status.at("/traffic/receivedMessages").longValue();
                long dropped = status.at("/dropped/kernel").longValue();
                assertThat(dropped).isPositive();
                assertThat(received + dropped).isEqualTo(DATAGRAMS);
            });
        }
    }
}
