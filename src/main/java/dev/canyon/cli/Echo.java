package dev.canyon.cli;

import dev.canyon.transport.EchoEndpoint;
import dev.canyon.transport.EchoTransport;
import dev.canyon.transport.EndpointCounters;
import dev.canyon.transport.EndpointSpec;
import dev.canyon.transport.Observation;
import dev.canyon.transport.SocketObserver;

/** An open port and what is counted there. */
record Echo(EchoEndpoint endpoint, EndpointCounters counters) {

    /** @throws dev.canyon.transport.BindFailedException if the port cannot be opened; the message names it */
    static Echo open(EchoTransport transport, EndpointSpec spec, SocketObserver observer) {
        Observation observation = Observation.by(observer);
        return new Echo(transport.open(spec.address().resolve(), spec, observation), observation.counters());
    }

    String uri() {
        return SocketUri.of(endpoint.protocol(), endpoint.address());
    }
}
