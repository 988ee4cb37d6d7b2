package dev.canyon.api.message;

import dev.canyon.api.audit.Audited;
import dev.canyon.api.json.BodyReader;
import dev.canyon.api.json.BodyTree;
import dev.canyon.api.json.Faults;
import dev.canyon.api.problem.InvalidRequestException;
import dev.canyon.api.target.Destination;
import dev.canyon.api.target.OwnListeners;
import dev.canyon.api.target.TargetTls;
import dev.canyon.api.target.Targets;
import dev.canyon.api.target.TlsRequest;
import dev.canyon.api.target.UnknownHostNameException;
import dev.canyon.listener.directory.ListenerDirectory;
import dev.canyon.listener.directory.ListenerNotFoundException;
import dev.canyon.listener.directory.ListenerSnapshot;
import dev.canyon.listener.directory.ListenerState.Running;
import dev.canyon.net.IpText;
import dev.canyon.net.ListenAddress;
import dev.canyon.net.Protocol;
import dev.canyon.probe.MessageReport;
import dev.canyon.probe.Outcome;
import dev.canyon.probe.StepTimer;
import dev.canyon.probe.TestMessage;
import dev.canyon.probe.TestMessages;
import dev.canyon.probe.TestResult;
import dev.canyon.settings.CanyonProperties;
import java.net.InetSocketAddress;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Test messages over HTTP. */
@RestController
@RequestMapping(path = "/api/v1", produces = MediaType.APPLICATION_JSON_VALUE)
class MessageController implements MessageApi {

    private static final String BY_NAME = "to send to a listener by name use POST /api/v1/listeners/{name}/messages";

    private final ListenerDirectory directory;
    private final Targets targets;
    private final TargetTls tls;
    private final BodyReader bodies;
    private final int maxBytes;

    MessageController(
            ListenerDirectory directory,
            Targets targets,
            TargetTls tls,
            BodyReader bodies,
            CanyonProperties properties) {
        this.directory = directory;
        this.targets = targets;
        this.tls = tls;
        this.bodies = bodies;
        this.maxBytes = properties.limits().messageBytes();
    }

    @Override
    @PostMapping(path = "/listeners/{name}/messages", consumes = MediaType.APPLICATION_JSON_VALUE)
    public MessageView send(@PathVariable String name, @RequestBody BodyTree body) {
        StepTimer timer = new StepTimer();
        ListenerSnapshot listener = directory.find(name).orElseThrow(() -> new ListenerNotFoundException(name));
        MessageRequest request = bodies.read(body, MessageRequest.class);
        if (request.target() != null) {
            throw new InvalidRequestException("target", "must be omitted: the target is the listener of the path");
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
        Destination to = OwnListeners.named(IpText.of(dialled.getAddress()), listener, running.endpoint());
        return send(to, message, request.tls(), timer);
    }

    @Override
    @PostMapping(path = "/messages", consumes = MediaType.APPLICATION_JSON_VALUE)
    public MessageView send(@RequestBody BodyTree body) {
        StepTimer timer = new StepTimer();
        refuseName(body);
        MessageRequest request = bodies.read(body, MessageRequest.class);
        if (request.target() == null) {
            throw new InvalidRequestException("target", "is required: protocol, host and port; " + BY_NAME);
        }
        // The checks have passed, so these are not null.
        ListenAddress target = new ListenAddress(
                Objects.requireNonNull(request.target().host()),
                Objects.requireNonNull(request.target().port()));
        Protocol protocol = Protocol.valueOf(
                Objects.requireNonNull(request.target().protocol()).toUpperCase(Locale.ROOT));
        Audited.about(target.toString());
        TestMessage message = message(request, protocol);
        try {
            return send(targets.find(protocol, target.host(), target.port()), message, request.tls(), timer);
        } catch (UnknownHostNameException ex) {
            return notSent(
                    protocol, target.host(), target.port(), message, Outcome.DNS, String.valueOf(ex.getMessage()));
        }
    }

    /** The target of a run may name a listener. */
    private static void refuseName(BodyTree body) {
        if (body.root().path("target").has("listener")) {
            throw new InvalidRequestException("target.listener", "is not for a message to a target; " + BY_NAME);
        }
    }

    private MessageView send(Destination to, TestMessage plain, @Nullable TlsRequest request, StepTimer timer) {
        requireFits(to, plain.payload().length);
        TestMessage message = plain.over(tls.client(tls.options(request, to), to));
        timer.resolved();
        TestResult result = TestMessages.send(to.protocol(), to.address(), message, to.expectedPeers(), timer);
        InetSocketAddress address = to.address();
        return MessageView.of(
                new MessageReport(to.protocol(), to.host(), address.getPort(), address.getAddress(), message, result));
    }

    private static MessageView notSent(
            Protocol protocol, String host, int port, TestMessage message, Outcome outcome, String detail) {
        return MessageView.of(
                new MessageReport(protocol, host, port, null, message, TestResult.notSent(outcome, detail)));
    }

    private TestMessage message(MessageRequest request, Protocol protocol) {
        TestMessage message = request.toMessage();
        Faults faults = new Faults();
        if (message.payload().length > maxBytes) {
            faults.add(
                    request.size() == null ? "body" : "size",
                    "specifies a message of " + message.payload().length + " bytes; canyon.limits.message-bytes is "
                            + maxBytes);
        }
        if (message.halfClose() && protocol == Protocol.UDP) {
            faults.add("halfClose", "requires TCP: UDP has no connection to close");
        }
        if (message.proxyHeader() != null && protocol == Protocol.UDP) {
            faults.add("proxyProtocol", "requires TCP; remove it or use protocol tcp");
        }
        if (request.tls() != null && protocol == Protocol.UDP) {
            faults.add("tls", "requires TCP; remove it or use protocol tcp");
        }
        faults.throwIfAny();
        return message;
    }

    private static void requireFits(Destination to, int bytes) {
        int max = TestMessage.maxDatagramBytes(to.address().getAddress());
        if (to.protocol() == Protocol.UDP && bytes > max) {
            throw new InvalidRequestException(
                    "body", "has a payload of " + bytes + " bytes; a datagram to this target carries at most " + max);
        }
    }
}
