package dev.canyon.api;

import dev.canyon.api.json.BodyReader;
import dev.canyon.api.problem.InvalidRequestException;
import dev.canyon.listener.ListenerDirectory;
import dev.canyon.listener.ListenerNotFoundException;
import dev.canyon.listener.ListenerSnapshot;
import dev.canyon.listener.ListenerState.Running;
import dev.canyon.probe.TestMessage;
import dev.canyon.probe.TestMessages;
import dev.canyon.probe.TestResult;
import dev.canyon.transport.BoundEndpoint;
import dev.canyon.transport.ListenAddress;
import dev.canyon.transport.Protocol;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.node.ObjectNode;

/** Test messages over HTTP. */
@RestController
@RequestMapping(path = ListenerController.PATH, produces = MediaType.APPLICATION_JSON_VALUE)
class MessageController implements MessageApi {

    private final ListenerDirectory directory;
    private final BodyReader bodies;

    MessageController(ListenerDirectory directory, BodyReader bodies) {
        this.directory = directory;
        this.bodies = bodies;
    }

    @Override
    @PostMapping(path = "/{name}/messages", consumes = MediaType.APPLICATION_JSON_VALUE)
    public MessageView send(@PathVariable String name, @RequestBody ObjectNode body) {
        ListenerSnapshot listener = directory.find(name).orElseThrow(() -> new ListenerNotFoundException(name));
        TestMessage message = bodies.read(body, MessageRequest.class).toMessage();
        if (!(listener.state() instanceof Running running)) {
            ListenAddress wanted = listener.definition().endpoint().address();
            String protocol = listener.definition().protocol().toString();
            return MessageView.notSent(
                    new MessageView.Target(protocol, wanted.host(), wanted.port(), null),
                    "listener is " + listener.state().word());
        }
        BoundEndpoint endpoint = running.endpoint();
        InetSocketAddress target = dialable(endpoint.address());
        requireFits(endpoint.protocol(), target, message.payload().length);
        TestResult result = TestMessages.send(endpoint.protocol(), target, message, endpoint.sightings());
        return MessageView.of(endpoint.protocol(), target, message.payload(), result);
    }

    /** A wildcard address is where one listens, not where one connects to: loopback of the same family is dialled. */
    private static InetSocketAddress dialable(InetSocketAddress bound) {
        if (!bound.getAddress().isAnyLocalAddress()) {
            return bound;
        }
        try {
            String loopback = bound.getAddress() instanceof Inet6Address ? "::1" : "127.0.0.1";
            return new InetSocketAddress(InetAddress.getByName(loopback), bound.getPort());
        } catch (UnknownHostException ex) {
            throw new IllegalStateException("an address literal needs no look-up", ex);
        }
    }

    private static void requireFits(Protocol protocol, InetSocketAddress target, int bytes) {
        int largest = target.getAddress() instanceof Inet6Address ? 65_527 : 65_507;
        if (protocol == Protocol.UDP && bytes > largest) {
            throw new InvalidRequestException(
                    "body", "carries " + bytes + " bytes, more than a datagram can: " + largest);
        }
    }
}
