package dev.canyon.cli.listen;

import dev.canyon.cli.shell.ExitCode;
import dev.canyon.cli.shell.ShutdownSignal;
import dev.canyon.cli.shell.SocketUri;
import dev.canyon.cli.shell.Usage;
import dev.canyon.definition.ListenerDefinition;
import dev.canyon.engine.EchoTransport;
import dev.canyon.engine.kernel.LimitReachedException;
import dev.canyon.engine.kernel.TransportKind;
import dev.canyon.engine.peer.SocketObserver;
import dev.canyon.engine.tls.TlsContexts;
import dev.canyon.engine.tls.TlsSettings;
import dev.canyon.engine.tls.TlsUnavailableException;
import dev.canyon.net.BindFailedException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Runs echo endpoints until a signal arrives. */
@Command(
        name = "listen",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        modelTransformer = EndpointOptions.class,
        description = {
            "Echoes received data until Ctrl-C or SIGTERM, then drains its connections for up to 5 seconds.",
            "",
            "Prints a line for each open socket, with the port chosen by the system if port 0 was given; then a line for each"
                    + " event. Totals are printed on standard error at the end."
        },
        footer = {
            "",
            "Examples:",
            "  canyon listen tcp://127.0.0.1:7007",
            "  canyon listen tcp://0.0.0.0:7007 udp://0.0.0.0:7007 --allow-source 192.0.2.0/24",
            "  canyon listen tcp://127.0.0.1:0 --quiet",
            "  canyon listen tls://127.0.0.1:7443 --tls-certificate server.pem --tls-key server.key",
            "  canyon listen udp://127.0.0.1:7007 --fault drop,when.probability=0.1"
        })
public final class ListenCommand implements Callable<Integer> {

    private static final Duration DRAIN = Duration.ofSeconds(5);
    private static final Duration COUNTER_INTERVAL = Duration.ofSeconds(1);

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Parameters(
            paramLabel = "URI",
            arity = "1..*",
            description =
                    "Bind address: tcp://HOST:PORT or udp://HOST:PORT. Host 0.0.0.0 is all IPv4, [::] all IPv6 addresses;"
                            + " port 0 lets the system choose.")
    private List<SocketUri> uris = new ArrayList<>();

    @Mixin
    private CertificateOptions certificate = new CertificateOptions();

    @Option(
            names = "--fault",
            paramLabel = "TYPE[,FIELD=VALUE...]",
            converter = FaultOption.class,
            description =
                    "What the endpoints do wrong on purpose, for example latency,delayMs=200 or silence,when.first=3."
                            + " A dot separates objects. Can be repeated.")
    private List<Map<String, Object>> faults = new ArrayList<>();

    @Option(names = "--quiet", description = "Print open sockets, but no events.")
    private boolean quiet;

    @Option(names = "--json", description = "Print each line as JSON.")
    private boolean json;

    @Override
    public Integer call() {
        List<ListenerDefinition> definitions = EndpointOptions.definitions(uris, faults, spec);
        EventFormat lines = new EventFormat(spec.commandLine().getOut(), json);
        try (ShutdownSignal signal = new ShutdownSignal(0);
                EchoTransport transport = EchoTransport.start(TransportKind.preferred(), certificates(definitions));
                OpenEndpoints endpoints = new OpenEndpoints(transport);
                EventPrinter printer = new EventPrinter(lines)) {
            endpoints.open(definitions, quiet ? SocketObserver.NONE : printer);
            endpoints.all().forEach(echo -> lines.opened(EchoEvent.opened(echo)));
            printer.start();
            List<CounterEvents> counters = quiet
                    ? List.of()
                    : endpoints.all().stream().map(CounterEvents::new).toList();
            while (!signal.isRequestedWithin(COUNTER_INTERVAL)) {
                print(counters, printer);
            }
            endpoints.drain(DRAIN);
            print(counters, printer);
            endpoints.all().forEach(echo -> spec.commandLine().getErr().println(TotalsLine.of(echo)));
            return 0;
        } catch (BindFailedException | LimitReachedException | TlsUnavailableException ex) {
            spec.commandLine().getErr().println(spec.qualifiedName() + ": " + ex.getMessage());
            return ExitCode.FAILED;
        }
    }

    private TlsContexts certificates(List<ListenerDefinition> definitions) {
        Usage usage = new Usage(spec.commandLine());
        List<TlsSettings> settings = definitions.stream()
                .flatMap(definition -> Stream.ofNullable(definition.endpoint().tls()))
                .toList();
        if (!settings.isEmpty()) {
            return certificate.contexts(settings, usage);
        }
        certificate.requireNone(usage);
        return TlsContexts.NONE;
    }

    private static void print(List<CounterEvents> counters, EventPrinter printer) {
        counters.forEach(each -> each.next().forEach(printer::add));
    }
}
