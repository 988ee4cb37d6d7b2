package dev.canyon.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.canyon.engine.FaultScript;
import dev.canyon.engine.fault.Fault;
import dev.canyon.engine.fault.type.FaultTree;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** The faults of a definition do the same to the same traffic after a restart, also on another transport. */
class FaultRestartTest {

    @TempDir
    private Path directory;

    private record Results(List<String> streams, List<String> datagrams) {}

    @Test
    void faultsOfADefinitionDoTheSameAfterARestart() throws Exception {
        Results before;
        try (CanyonProcess canyon = start("epoll")) {
            canyon.create(listener("tcp", FaultScript.tcpFaults()));
            canyon.create(listener("udp", FaultScript.udpFaults()));
            before = run(canyon);
        }
        for (String transport : List.of("epoll", "nio")) {
            try (CanyonProcess canyon = start(transport)) {
                assertThat(run(canyon)).as(transport).isEqualTo(before);
            }
        }
    }

    private CanyonProcess start(String transport) throws IOException {
        return CanyonProcess.start(
                directory,
                "--canyon.data-dir=" + directory.resolve("data"),
                "--canyon.default-listeners=false",
                "--canyon.transport=" + transport);
    }

    private static String listener(String protocol, List<Fault> faults) {
        List<Map<String, Object>> plain =
                faults.stream().map(FaultTree.DEFINED::write).toList();
        return JsonMapper.shared()
                .writeValueAsString(Map.of("name", protocol, "protocol", protocol, "port", 0, "faults", plain));
    }

    private static Results run(CanyonProcess canyon) throws IOException {
        return new Results(FaultScript.tcp(address(canyon, "tcp")), FaultScript.udp(address(canyon, "udp")));
    }

    private static InetSocketAddress address(CanyonProcess canyon, String listener) throws IOException {
        String view = canyon.get("/api/v1/listeners/" + listener).body();
        int port = JsonMapper.shared().readTree(view).at("/status/port").intValue();
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }
}
