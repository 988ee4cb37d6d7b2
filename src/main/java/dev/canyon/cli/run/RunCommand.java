package dev.canyon.cli.run;

import dev.canyon.cli.shell.ExitCode;
import dev.canyon.cli.shell.Json;
import dev.canyon.cli.shell.ProxyHeaderArguments;
import dev.canyon.cli.shell.ShutdownSignal;
import dev.canyon.cli.shell.TargetOptions;
import dev.canyon.cli.shell.Terminal;
import dev.canyon.cli.shell.TlsArguments;
import dev.canyon.cli.shell.Usage;
import dev.canyon.dial.tls.ClientTls;
import dev.canyon.engine.kernel.TransportKind;
import dev.canyon.probe.report.RunFields;
import dev.canyon.probe.run.Run;
import dev.canyon.probe.run.RunRecord;
import dev.canyon.probe.run.Runs;
import dev.canyon.probe.spec.RunSpec;
import dev.canyon.probe.spec.Verdict;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Makes a measured run and prints its result. */
@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Sends many messages, compares every response, and reports rate, latency percentiles and loss.",
            "",
            "It passes if every response equals its message, no connection failed, and all given limits were met. With --rate"
                    + " latency is measured from the scheduled send time. Ctrl-C cancels the run and prints the result so"
                    + " far. Any target is allowed: canyon.targets.allowed applies to the service only."
        },
        footer = {
            "",
            "Examples:",
            "  canyon run udp://192.0.2.7:7007 --rate 1000 --duration 10s --max-p99 5ms --max-loss 0.01",
            "  canyon run tcp://127.0.0.1:7007 --connections 50 --pipeline 16",
            "  canyon run tcp://[::1]:7007 --messages 10000 --json",
            "  canyon run tls://127.0.0.1:7443 --trust secure.pem --connections 100",
            "  canyon run tcp://192.0.2.7:7007 --max-p99 5ms --junit run.xml --csv run.csv"
        })
public final class RunCommand implements Callable<Integer> {

    private static final Duration POLL_INTERVAL = Duration.ofMillis(100);

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Mixin
    private TargetOptions target = new TargetOptions();

    @Option(names = "--json", description = "Print the result as JSON, with the fields of the API.")
    private boolean json;

    @Mixin
    private ReportOptions reports = new ReportOptions();

    @Mixin
    private TlsArguments tls = new TlsArguments();

    @Mixin
    private ProxyHeaderArguments proxyHeader = new ProxyHeaderArguments();

    @Mixin
    private LoadOptions options = new LoadOptions();

    @Override
    public Integer call() {
        Usage usage = new Usage(spec.commandLine());
        target.requirePort(usage);
        ClientTls client = tls.toTls(target.uri(), usage);
        RunSpec load = options.toSpec(target.uri(), usage)
                .behind(proxyHeader.toHeader(target.uri(), usage))
                .over(tls.toOptions(target.uri()));
        reports.requireWritable(usage);
        try {
            return run(usage, load, client, target.resolve());
        } catch (UnknownHostException ex) {
            return failed(ex);
        }
    }

    private int failed(IOException cause) {
        spec.commandLine().getErr().println(spec.qualifiedName() + ": " + cause.getMessage());
        return ExitCode.FAILED;
    }

    private int run(Usage usage, RunSpec load, @Nullable ClientTls client, InetAddress dialled) {
        InetSocketAddress address = new InetSocketAddress(dialled, target.uri().port());
        try (ShutdownSignal signal = new ShutdownSignal(ExitCode.FAILED);
                Runs runs = new Runs(TransportKind.preferred(), LoadOptions.limits(), new NoRunStore())) {
            Run run = LoadOptions.orUsageError(
                    usage, () -> runs.start(load, target.uri().protocol(), address, client, null));
            // Closing the signal ends a process that has received one, so print before.
            return print(awaitEnd(runs, run, signal), dialled);
        }
    }

    private int print(RunRecord end, InetAddress dialled) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(json ? Json.line(RunFields.of(end)) : RunText.of(end, target.uri(), dialled));
        out.flush();
        try {
            reports.write(end);
        } catch (IOException ex) {
            return failed(ex);
        }
        return end.verdict() == Verdict.PASS ? 0 : ExitCode.FAILED;
    }

    private RunRecord awaitEnd(Runs runs, Run run, ShutdownSignal signal) {
        ProgressBar bar = ProgressBar.on(spec.commandLine().getErr(), Terminal.isStandardError());
        while (!run.isOver()) {
            bar.show(run.record());
            if (signal.isRequestedWithin(POLL_INTERVAL)) {
                runs.cancel(run);
            }
        }
        bar.clear();
        return run.finished().join();
    }
}
