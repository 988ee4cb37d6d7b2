package dev.canyon.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The root of the commands. */
@Command(
        name = "canyon",
        versionProvider = Version.class,
        mixinStandardHelpOptions = true,
        subcommands = {SendCommand.class, RunCommand.class, ListenCommand.class, VersionCommand.class, HelpCommand.class
        },
        description = {
            "Tests TCP and UDP sockets from a shell. 'canyon' stands for 'java -jar canyon.jar'.",
            "",
            "Without a command, or with properties such as --server.port=9090, the service is started instead."
        },
        footer = {
            "",
            "Ends with 0 for a pass, 1 for a fail and 2 if the arguments are wrong. Results go to standard output, errors to"
                    + " standard error.",
            "",
            "Examples:",
            "  canyon send tcp://127.0.0.1:7007 --text 'Hello karl'",
            "  canyon run udp://127.0.0.1:7007 --rate 1000 --duration 10s",
            "  canyon listen tcp://0.0.0.0:7007 udp://0.0.0.0:7007",
            "  canyon help send"
        })
final class CanyonCommand implements Runnable {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "which command?");
    }
}
