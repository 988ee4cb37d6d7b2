package dev.canyon.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Ports below 1024 for a process without the right to them. */
class PrivilegedPortTest {

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"epoll", "nio"})
    void isRefusedWithAHintAndTheRestGoesOn(String transport) throws Exception {
        assumeThat(Integer.parseInt(Files.readAllLines(Path.of("/proc/sys/net/ipv4/ip_unprivileged_port_start"))
                        .get(0)))
                .as("every user may bind port 60 here (net.ipv4.ip_unprivileged_port_start)")
                .isGreaterThan(60);
        // Root has the right unless it is taken from it; setpriv fails for others, who lack it anyway.
        String withoutTheRight = "setpriv --bounding-set=-net_bind_service true 2>/dev/null"
                + " && set -- setpriv --bounding-set=-net_bind_service \"$@\"";
        try (CanyonProcess canyon = CanyonProcess.startAfter(
                withoutTheRight, directory, "--canyon.default-listeners=false", "--canyon.transport=" + transport)) {
            for (String protocol : new String[] {"tcp", "udp"}) {
                HttpResponse<String> refused =
                        canyon.post("{\"name\":\"a\",\"protocol\":\"" + protocol + "\",\"port\":60}");
                assertThat(refused.body()).contains("permission-denied", "CAP_NET_BIND_SERVICE");
                assertThat(canyon.get("/api/v1/listeners/a").statusCode()).isEqualTo(404);
            }
            assertThat(canyon.create("{\"name\":\"a\",\"protocol\":\"tcp\",\"port\":0}"))
                    .isPositive();
        }
    }
}
