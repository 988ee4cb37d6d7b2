package dev.canyon.cli;

import dev.canyon.transport.BindFailedException;
import dev.canyon.transport.EchoTransport;
import dev.canyon.transport.EndpointSpec;
import dev.canyon.transport.LimitReachedException;
import dev.canyon.transport.SocketObserver;
import dev.canyon.transport.TransportKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Opens echo endpoints until it is asked to end. */
@Command(
        name = "listen",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Sends back what comes in, until Ctrl-C or SIGTERM; then it drains its connections for up to 5 seconds.",
            "",
            "Prints a line for each socket when it is open, with the port that the system chose where 0 was asked for; then what"
                    + " happens on it. Sums follow at the end, on standard error."
        },
        footer = {
            "",
            "Examples:",
            "  canyon listen tcp://127.0.0.1:7007",
            "  canyon listen tcp://0.0.0.0:7007 udp://0.0.0.0:7007 --allow-source 192.0.2.0/24",
            "  canyon listen tcp://127.0.0.1:0 --quiet"
        })
final class ListenCommand implements Callable<Integer> {

    private static final Duration DRAIN = Duration.ofSeconds(5);
    private static final Duration TELL_COUNTS = Duration.ofSeconds(1);

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Parameters(
            paramLabel = "URI",
            arity = "1..*",
            description =
                    "What to open: tcp://HOST:PORT or udp://HOST:PORT; host 0.0.0.0 is all of IPv4, [::] all of IPv6,"
                            + " port 0 one that is free.")
    private List<SocketUri> uris = new ArrayList<>();

    @Mixin
    private EndpointOptions options = new EndpointOptions();

    @Option(names = "--quiet", description = "Print nothing about what happens, only what is open.")
    private boolean quiet;

    @Option(names = "--json", description = "Print each line as JSON.")
    private boolean json;

    @Override
    public Integer call() {
        List<EndpointSpec> specs = options.specifications(uris, new Usage(spec.commandLine()));
        EventLines lines = new EventLines(spec.commandLine().getOut(), json);
        try (Ending ending = new Ending(0);
                EchoTransport transport = EchoTransport.start(TransportKind.preferred());
                Echoes echoes = new Echoes(transport);
                EventFeed feed = new EventFeed(lines)) {
            echoes.open(specs, quiet ? SocketObserver.NONE : feed);
            echoes.all().forEach(echo -> lines.opened(EchoEvent.opened(echo)));
            feed.begin();
            List<Tally> tallies =
                    quiet ? List.of() : echoes.all().stream().map(Tally::new).toList();
            while (!ending.isAskedWithin(TELL_COUNTS)) {
                tell(tallies, feed);
            }
            echoes.drain(DRAIN);
            tell(tallies, feed);
            echoes.all().forEach(echo -> spec.commandLine().getErr().println(Sum.of(echo)));
            return 0;
        } catch (BindFailedException | LimitReachedException ex) {
            spec.commandLine().getErr().println(spec.qualifiedName() + ": " + ex.getMessage());
            return Cli.FAILED;
        }
    }

    private static void tell(List<Tally> tallies, EventFeed feed) {
        tallies.forEach(tally -> tally.news().forEach(feed::tell));
    }
}
