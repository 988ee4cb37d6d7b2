package dev.canyon.cli;

import dev.canyon.probe.run.Run;
import dev.canyon.probe.run.RunRecord;
import dev.canyon.probe.run.RunSpec;
import dev.canyon.probe.run.Runs;
import dev.canyon.probe.run.Verdict;
import dev.canyon.transport.TransportKind;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Makes a measured run and tells what it found. */
@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Sends many messages, compares every answer, and tells rate, percentiles of latency and what was lost.",
            "",
            "It passes if every message came back as it was sent, no connection failed, and the limits that are given were"
                    + " kept. With --rate latency counts from when a message was due. Ctrl-C ends it, and what was measured"
                    + " is printed. It goes wherever you say: the list of allowed targets is for the service only."
        },
        footer = {
            "",
            "Examples:",
            "  canyon run udp://192.0.2.7:7007 --rate 1000 --duration 10s --max-p99 5ms --max-loss 0.01",
            "  canyon run tcp://127.0.0.1:7007 --connections 50 --pipeline 16",
            "  canyon run tcp://[::1]:7007 --messages 10000 --json",
            "  canyon run tcp://192.0.2.7:7007 --max-p99 5ms --junit run.xml --csv run.csv"
        })
final class RunCommand implements Callable<Integer> {

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);

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
    private ReportOptions reports = new ReportOptions();

    @Mixin
    private LoadOptions options = new LoadOptions();

    @Override
    public Integer call() {
        Usage usage = new Usage(spec.commandLine());
        usage.require(uri.port() != 0, uri + " has port 0 (expected: 1 to 65535)");
        RunSpec load = options.toSpec(uri, usage);
        reports.requireWritable(usage);
        try {
            InetAddress dialled = AddressFamily.addresses(uri.host(), family).get(0);
            return make(usage, load, dialled);
        } catch (UnknownHostException ex) {
            return failed(ex);
        }
    }

    private int failed(IOException why) {
        spec.commandLine().getErr().println(spec.qualifiedName() + ": " + why.getMessage());
        return Cli.FAILED;
    }

    private int make(Usage usage, RunSpec load, InetAddress dialled) {
        InetSocketAddress target = new InetSocketAddress(dialled, uri.port());
        try (Ending ending = new Ending(Cli.FAILED);
                Runs runs = new Runs(TransportKind.preferred(), LoadOptions.limits(), new NothingKept())) {
            Run run = LoadOptions.orRefused(usage, () -> runs.start(load, uri.protocol(), target));
            // Once the ending is closed, a process that was asked to end is gone.
            return tell(awaitEnd(runs, run, ending), dialled);
        }
    }

    private int tell(RunRecord end, InetAddress dialled) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(json ? RunJson.of(end) : RunText.of(end, uri, dialled));
        out.flush();
        try {
            reports.write(end);
        } catch (IOException ex) {
            return failed(ex);
        }
        return end.verdict() == Verdict.PASS ? 0 : Cli.FAILED;
    }

    private RunRecord awaitEnd(Runs runs, Run run, Ending ending) {
        ProgressBar bar = ProgressBar.on(spec.commandLine().getErr(), Terminal.isStandardError());
        while (!run.isOver()) {
            bar.show(run.record());
            if (ending.isAskedWithin(BETWEEN_LOOKS)) {
                runs.cancel(run);
            }
        }
        bar.clear();
        return run.finished().join();
    }
}
