package dev.canyon.cli.listen;

import dev.canyon.cli.shell.SocketUri;
import dev.canyon.engine.EchoTransport;
import dev.canyon.engine.endpoint.EchoEndpoint;
import dev.canyon.engine.endpoint.EndpointSpec;
import dev.canyon.engine.fault.Fault;
import dev.canyon.engine.peer.SocketObserver;
import dev.canyon.engine.traffic.EndpointCounters;
import dev.canyon.engine.traffic.Observation;
import java.util.List;

/** An open endpoint and its counters. */
public record OpenEndpoint(EchoEndpoint endpoint, EndpointCounters counters) {

    /** @throws dev.canyon.net.BindFailedException if the port cannot be bound; the message names it */
    public static OpenEndpoint open(EchoTransport transport, EndpointSpec spec, SocketObserver observer) {
        return open(transport, spec, List.of(), observer);
    }

    /** @throws dev.canyon.net.BindFailedException if the port cannot be bound; the message names it */
    static OpenEndpoint open(EchoTransport transport, EndpointSpec spec, List<Fault> faults, SocketObserver observer) {
        Observation observation = Observation.by(observer);
        observation.faults().define(faults);
        return new OpenEndpoint(transport.open(spec.address().resolve(), spec, observation), observation.counters());
    }

    public String uri() {
        return SocketUri.of(endpoint.protocol(), isTls(), endpoint.address());
    }

    boolean isTls() {
        return endpoint.certificate() != null;
    }
}
