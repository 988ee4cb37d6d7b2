package dev.canyon.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.canyon.engine.Endpoints.Opened;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The same seeds and the same traffic have the same result, whatever the transport. */
class FaultRepetitionTest {

    private final Endpoints endpoints = new Endpoints();

    @AfterEach
    void closeEndpoints() {
        endpoints.close();
    }

    @Test
    void everyTransportDoesTheSameToStreams() {
        assertAllEqual(Wire.all()
                .map(wire -> {
                    Opened opened = endpoints.tcp(wire);
                    opened.faults().define(FaultScript.tcpFaults());
                    return new Result(
                            wire, result(() -> FaultScript.tcp(opened.endpoint().address())));
                })
                .toList());
    }

    @Test
    void everyTransportDoesTheSameToDatagrams() {
        assertAllEqual(Wire.all()
                .map(wire -> {
                    Opened opened = endpoints.udp(wire);
                    opened.faults().define(FaultScript.udpFaults());
                    return new Result(
                            wire, result(() -> FaultScript.udp(opened.endpoint().address())));
                })
                .toList());
    }

    private record Result(Wire wire, List<String> received) {}

    private interface Traffic {
        List<String> run() throws IOException;
    }

    private static List<String> result(Traffic traffic) {
        try {
            return traffic.run();
        } catch (IOException ex) {
            throw new java.io.UncheckedIOException(ex);
        }
    }

    private static void assertAllEqual(List<Result> results) {
        Result first = Objects.requireNonNull(results.get(0));
        assertThat(results)
                .allSatisfy(result -> assertThat(result.received())
                        .as("%s and %s", first.wire(), result.wire())
                        .isEqualTo(first.received()));
    }
}
