package dev.canyon.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DescriptorLimitTest {

    /** Run from a class path, Canyon has some 190 descriptors open before any listener: one for each library. */
    private static final int LIMIT = 320;

    @TempDir
    Path directory;

    @Test
    void fourHundredClientsUnderALowerLimitLeaveTheApiAndTheOthersServed() throws Exception {
        try (CanyonProcess canyon =
                CanyonProcess.startAfter("ulimit -n " + LIMIT, directory, "--canyon.default-listeners=false")) {
            int port = canyon.create("{\"name\":\"a\",\"protocol\":\"tcp\",\"port\":0}");
            List<Socket> clients = new ArrayList<>();
            int served = 0;
            for (int i = 0; i < 400; i++) {
                Socket client = new Socket("127.0.0.1", port);
                client.setSoTimeout(10_000);
                clients.add(client);
                served += echoes(client) ? 1 : 0;
            }
            assertThat(served).isBetween(64, LIMIT - 1 - LIMIT / 4);
            assertThat(echoes(clients.get(0))).isTrue();
            String view = canyon.get("/api/v1/listeners/a").body();
            assertThat(view).contains("\"active\":" + served, "\"rejected\":" + (400 - served));
            for (Socket client : clients) {
                client.close();
            }
            try (Socket again = new Socket("127.0.0.1", port)) {
                assertThat(echoes(again)).isTrue();
            }
            assertThat(canyon.log()).doesNotContain("Too many open files", "ERROR");
        }
    }

    private static boolean echoes(Socket client) {
        try {
            client.getOutputStream().write(7);
            return client.getInputStream().read() == 7;
        } catch (IOException ex) {
            return false;
        }
    }
}
