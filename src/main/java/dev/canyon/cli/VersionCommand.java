package dev.canyon.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The same as {@code canyon --version}. */
@Command(name = "version", description = "Print version information and exit.", helpCommand = true)
final class VersionCommand implements Runnable {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Override
    public void run() {
        spec.parent().commandLine().printVersionHelp(spec.commandLine().getOut());
    }
}
