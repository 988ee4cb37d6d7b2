package dev.canyon.api;

import dev.canyon.api.audit.Audited;
import dev.canyon.api.json.BodyReader;
import dev.canyon.api.json.Faults;
import dev.canyon.api.problem.InvalidRequestException;
import dev.canyon.listener.ListenerDirectory;
import dev.canyon.listener.ListenerNotFoundException;
import dev.canyon.listener.ListenerSnapshot;
import dev.canyon.listener.ListenerState.Running;
import dev.canyon.probe.MessageReport;
import dev.canyon.probe.Outcome;
import dev.canyon.probe.Stopwatch;
import dev.canyon.probe.TestMessage;
import dev.canyon.probe.TestMessages;
import dev.canyon.probe.TestResult;
import dev.canyon.settings.CanyonProperties;
import dev.canyon.transport.IpText;
import dev.canyon.transport.ListenAddress;
import dev.canyon.transport.Protocol;
import java.net.InetSocketAddress;
import java.util.Locale;
import java.util.Objects;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.node.ObjectNode;

/** Test messages over HTTP. */
@RestController
@RequestMapping(path = "/api/v1", produces = MediaType.APPLICATION_JSON_VALUE)
class MessageController implements MessageApi {

    private final ListenerDirectory directory;
    private final Targets targets;
    private final BodyReader bodies;
    private final int maxBytes;

    MessageController(ListenerDirectory directory, Targets targets, BodyReader bodies, CanyonProperties properties) {
        this.directory = directory;
        this.targets = targets;
        this.bodies = bodies;
        this.maxBytes = properties.limits().messageBytes();
    }

    @Override
    @PostMapping(path = "/listeners/{name}/messages", consumes = MediaType.APPLICATION_JSON_VALUE)
    public MessageView send(@PathVariable String name, @RequestBody ObjectNode body) {
        Stopwatch watch = new Stopwatch();
        ListenerSnapshot listener = directory.find(name).orElseThrow(() -> new ListenerNotFoundException(name));
        MessageRequest request = bodies.read(body, MessageRequest.class);
        if (request.target() != null) {
            throw new InvalidRequestException("target", "must be left out: the target is the listener of the path");
        }
        TestMessage message = message(request, listener.definition().protocol());
        if (!(listener.state() instanceof Running running)) {
            ListenAddress wanted = listener.definition().endpoint().address();
            return notSent(
                    listener.definition().protocol(),
                    wanted.host(),
                    wanted.port(),
                    message,
                    Outcome.REFUSED,
                    "listener is " + listener.state().word());
        }
        InetSocketAddress dialled = OwnListeners.dialable(running.endpoint());
        return send(OwnListeners.destination(IpText.of(dialled.getAddress()), running.endpoint()), message, watch);
    }

    @Override
    @PostMapping(path = "/messages", consumes = MediaType.APPLICATION_JSON_VALUE)
    public MessageView send(@RequestBody ObjectNode body) {
        Stopwatch watch = new Stopwatch();
        MessageRequest request = bodies.read(body, MessageRequest.class);
        if (request.target() == null) {
            throw new InvalidRequestException("target", "is required: where shall the message go?");
        }
        // Read and checked: nothing of it is null.
        String host = Objects.requireNonNull(request.target().host());
        int port = Objects.requireNonNull(request.target().port());
        Protocol protocol = Protocol.valueOf(
                Objects.requireNonNull(request.target().protocol()).toUpperCase(Locale.ROOT));
        Audited.about(new ListenAddress(host, port).toString());
        TestMessage message = message(request, protocol);
        try {
            return send(targets.find(protocol, host, port), message, watch);
        } catch (UnknownHostNameException ex) {
            return notSent(protocol, host, port, message, Outcome.DNS, String.valueOf(ex.getMessage()));
        }
    }

    private MessageView send(Destination to, TestMessage message, Stopwatch watch) {
        requireFits(to, message.payload().length);
        watch.resolved();
        TestResult result = TestMessages.send(to.protocol(), to.address(), message, to.sightings(), watch);
        InetSocketAddress address = to.address();
        return MessageView.of(
                new MessageReport(to.protocol(), to.host(), address.getPort(), address.getAddress(), message, result));
    }

    private static MessageView notSent(
            Protocol protocol, String host, int port, TestMessage message, Outcome outcome, String why) {
        return MessageView.of(new MessageReport(protocol, host, port, null, message, TestResult.notSent(outcome, why)));
    }

    private TestMessage message(MessageRequest request, Protocol protocol) {
        TestMessage message = request.toMessage();
        Faults faults = new Faults();
        if (message.payload().length > maxBytes) {
            faults.add(
                    request.size() == null ? "body" : "size",
                    "is a message of " + message.payload().length + " bytes; canyon.limits.message-bytes is "
                            + maxBytes);
        }
        if (message.halfClose() && protocol == Protocol.UDP) {
            faults.add("halfClose", "is for TCP: UDP has no connection to close");
        }
        faults.throwIfAny();
        return message;
    }

    private static void requireFits(Destination to, int bytes) {
        int largest = TestMessage.largestDatagram(to.address().getAddress());
        if (to.protocol() == Protocol.UDP && bytes > largest) {
            throw new InvalidRequestException(
                    "body", "carries " + bytes + " bytes, more than a datagram can: " + largest);
        }
    }
}
