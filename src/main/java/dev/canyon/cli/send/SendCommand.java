package dev.canyon.cli.send;

import dev.canyon.cli.shell.ExitCode;
import dev.canyon.cli.shell.Json;
import dev.canyon.cli.shell.ProxyHeaderArguments;
import dev.canyon.cli.shell.SocketUri;
import dev.canyon.cli.shell.TargetOptions;
import dev.canyon.cli.shell.TlsArguments;
import dev.canyon.cli.shell.Usage;
import dev.canyon.net.Protocol;
import dev.canyon.probe.MessageReport;
import dev.canyon.probe.Outcome;
import dev.canyon.probe.StepTimer;
import dev.canyon.probe.TestMessage;
import dev.canyon.probe.TestMessages;
import dev.canyon.probe.TestResult;
import dev.canyon.probe.report.MessageFields;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Sends a test message and prints the result. */
@Command(
        name = "send",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Sends a message, waits for the response, and prints the time of each step.",
            "",
            "It passes if the response is the message itself, or what is expected with one of the --expect options. Any target"
                    + " is allowed: canyon.targets.allowed applies to the service only."
        },
        footer = {
            "",
            "Examples:",
            "  canyon send tcp://127.0.0.1:7007 --text 'Hello karl'",
            "  canyon send udp://[::1]:7007 --size 1400 --repeat 10",
            "  canyon send tcp://example.net:25 --text '' --expect-contains 220 --timeout 10s",
            "  canyon send tcp://127.0.0.1:7 --hex '48 65 6c 6c 6f' --half-close --json",
            "  canyon send udp://192.0.2.7:7007 --stdin < packet.bin",
            "  canyon send tls://127.0.0.1:7443 --trust secure.pem --text 'Hello karl'",
            "  canyon send tcp://127.0.0.1:7030 --proxy-source 192.0.2.7:4711 --text 'Hello karl'"
        })
public final class SendCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Mixin
    private TargetOptions target = new TargetOptions();

    @Option(names = "--json", description = "Print the result as JSON, with the fields of the API.")
    private boolean json;

    @Mixin
    private TlsArguments tls = new TlsArguments();

    @Mixin
    private ProxyHeaderArguments proxyHeader = new ProxyHeaderArguments();

    @Mixin
    private MessageOptions options = new MessageOptions();

    @Override
    public Integer call() throws IOException {
        Usage usage = new Usage(spec.commandLine());
        target.requirePort(usage);
        Protocol protocol = target.uri().protocol();
        usage.require(
                !options.isHalfClose() || protocol == Protocol.TCP, "--half-close", "UDP has no connection to close");
        TestMessage message = options.toMessage(usage)
                .behind(proxyHeader.toHeader(target.uri(), usage))
                .over(tls.toTls(target.uri(), usage));
        WarmUp.of(protocol, message.tls());
        MessageReport report = send(usage, message);
        spec.commandLine()
                .getOut()
                .println(json ? Json.line(MessageFields.of(report)) : MessageText.of(report, target.uri()));
        return report.decisive().outcome() == Outcome.OK ? 0 : ExitCode.FAILED;
    }

    private MessageReport send(Usage usage, TestMessage message) {
        StepTimer timer = new StepTimer();
        InetAddress dialled;
        try {
            dialled = target.resolve();
        } catch (UnknownHostException ex) {
            return report(null, message, TestResult.notSent(Outcome.DNS, String.valueOf(ex.getMessage())));
        }
        requireFits(usage, message, dialled);
        timer.resolved();
        SocketUri uri = target.uri();
        InetSocketAddress address = new InetSocketAddress(dialled, uri.port());
        return report(dialled, message, TestMessages.send(uri.protocol(), address, message, null, timer));
    }

    private MessageReport report(@Nullable InetAddress dialled, TestMessage message, TestResult result) {
        SocketUri uri = target.uri();
        return new MessageReport(uri.protocol(), uri.host(), uri.port(), dialled, message, result);
    }

    private void requireFits(Usage usage, TestMessage message, InetAddress to) {
        SocketUri uri = target.uri();
        int bytes = message.payload().length;
        int max = TestMessage.maxDatagramBytes(to);
        usage.require(
                uri.protocol() == Protocol.TCP || bytes <= max,
                "a datagram to " + uri + " carries at most " + max + " bytes, not " + bytes);
    }
}
