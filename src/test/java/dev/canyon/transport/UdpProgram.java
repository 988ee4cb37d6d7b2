package dev.canyon.transport;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * A UDP endpoint as a program, to be run in a network namespace. It prints its port; then for each line it is sent one with
 * what it has counted; at the end of input it ends.
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
