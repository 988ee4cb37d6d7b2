package dev.canyon.cli;

import dev.canyon.probe.MessageReport;
import dev.canyon.probe.Outcome;
import dev.canyon.probe.Stopwatch;
import dev.canyon.probe.TestMessage;
import dev.canyon.probe.TestMessages;
import dev.canyon.probe.TestResult;
import dev.canyon.transport.Protocol;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Sends a test message and tells what became of it. */
@Command(
        name = "send",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Sends a message through a socket of its own, waits for what comes back, and tells each step.",
            "",
            "It passes if what was sent comes back, or else what is expected. It goes wherever you say: the list of allowed"
                    + " targets is for the service only."
        },
        footer = {
            "",
            "Examples:",
            "  canyon send tcp://127.0.0.1:7007 --text 'Hello karl'",
            "  canyon send udp://[::1]:7007 --size 1400 --repeat 10",
            "  canyon send tcp://example.net:25 --text '' --expect-contains 220 --timeout 10s",
            "  canyon send tcp://127.0.0.1:7 --hex '48 65 6c 6c 6f' --half-close --json",
            "  canyon send udp://192.0.2.7:7007 --stdin < packet.bin"
        })
final class SendCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Parameters(
            paramLabel = "URI",
            description = "Where to: tcp://HOST:PORT or udp://HOST:PORT. Of a name's addresses the first is taken.")
    @SuppressWarnings("NullAway.Init") // picocli sets it, as it is required
    private SocketUri uri;

    @ArgGroup
    private @Nullable AddressFamily family;

    @Option(names = "--json", description = "Print the result as JSON, with the fields of the API.")
    private boolean json;

    @Mixin
    private MessageOptions options = new MessageOptions();

    @Override
    public Integer call() throws IOException {
        Usage usage = new Usage(spec.commandLine());
        usage.require(uri.port() != 0, uri + " has port 0 (expected: 1 to 65535)");
        usage.require(
                !options.isHalfClose() || uri.protocol() == Protocol.TCP,
                "--half-close",
                "UDP has no connection to close");
        TestMessage message = options.toMessage(usage);
        Rehearsal.of(uri.protocol());
        MessageReport report = send(usage, message);
        spec.commandLine().getOut().println(json ? MessageJson.of(report) : MessageText.of(report));
        return report.decisive().outcome() == Outcome.OK ? 0 : Cli.FAILED;
    }

    private MessageReport send(Usage usage, TestMessage message) {
        Stopwatch watch = new Stopwatch();
        List<InetAddress> addresses;
        try {
            addresses = AddressFamily.addresses(uri.host(), family);
        } catch (UnknownHostException ex) {
            return report(null, message, TestResult.notSent(Outcome.DNS, String.valueOf(ex.getMessage())));
        }
        InetAddress dialled = addresses.get(0);
        requireFits(usage, message, dialled);
        watch.resolved();
        InetSocketAddress target = new InetSocketAddress(dialled, uri.port());
        return report(dialled, message, TestMessages.send(uri.protocol(), target, message, null, watch));
    }

    private MessageReport report(@Nullable InetAddress dialled, TestMessage message, TestResult result) {
        return new MessageReport(uri.protocol(), uri.host(), uri.port(), dialled, message, result);
    }

    private void requireFits(Usage usage, TestMessage message, InetAddress to) {
        int bytes = message.payload().length;
        int largest = TestMessage.largestDatagram(to);
        usage.require(
                uri.protocol() == Protocol.TCP || bytes <= largest,
                "a datagram to " + uri + " carries " + largest + " bytes at most, not " + bytes);
    }
}
