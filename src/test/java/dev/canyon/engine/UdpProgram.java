package dev.canyon.engine;

import dev.canyon.engine.endpoint.EchoEndpoint;
import dev.canyon.engine.endpoint.EndpointSpec;
import dev.canyon.engine.endpoint.UdpSettings;
import dev.canyon.engine.kernel.TransportKind;
import dev.canyon.engine.peer.DropReason;
import dev.canyon.engine.peer.SocketObserver;
import dev.canyon.engine.traffic.EndpointCounters;
import dev.canyon.engine.traffic.Observation;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * A UDP endpoint as a program that runs in a network namespace. Prints its port, then its counters for each line of input, and
 * exits at end of input.
 *
 * <p>Arguments: the transport and the address.
 */
final class UdpProgram {

    private UdpProgram() {}

    public static void main(String[] arguments) throws Exception {
        Observation observation = Observation.by(SocketObserver.NONE);
        EndpointSpec spec = Endpoints.spec(arguments[1], 0, UdpSettings.defaults());
        EchoEndpoint endpoint = Endpoints.transport(TransportKind.valueOf(arguments[0]))
                .open(spec.address().resolve(), spec, observation);
        System.out.println(endpoint.address().getPort());
        try (BufferedReader questions = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            while (questions.readLine() != null) {
                EndpointCounters.Reading reading = observation.counters().read();
                System.out.println(reading.receivedMessages() + " " + reading.sentMessages() + " "
                        + reading.dropped().get(DropReason.QUEUE_FULL) + " "
                        + reading.dropped().get(DropReason.SEND_ERROR));
            }
        }
        endpoint.close(Duration.ZERO).join();
    }
}
