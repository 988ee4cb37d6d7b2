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
            "Hosts TCP and UDP echo listeners, and tests sockets from a shell. 'canyon' stands for 'java -jar canyon.jar'.",
            "",
            "Without a command the service starts: dashboard and API are on http://localhost:8080, an echo of TCP and of UDP"
                    + " is on port 7007. Ctrl-C or SIGTERM ends it. Properties are arguments, variables of the environment,"
                    + " or in ./application.yml:",
            "  canyon --server.port=9090 --canyon.data-dir=/var/lib/canyon",
            "  SERVER_PORT=9090 CANYON_DATA_DIR=/var/lib/canyon canyon",
            "",
            "The most important (all others are in docs/operations.md):",
            "  server.address                 where the API listens, 127.0.0.1; elsewhere it needs a key",
            "  server.port                    its port, 8080",
            "  canyon.data-dir                what is kept across restarts, ./data",
            "  canyon.default-host            where listeners listen that name no host, 127.0.0.1",
            "  canyon.limits.ports            where listeners may open, for example 7000-7099",
            "  canyon.targets.allowed         where test messages may go besides these listeners",
            "  canyon.security.admin-key      the key; better as CANYON_SECURITY_ADMIN_KEY. Without one the",
            "                                 first start makes it, and shows it once",
            "  canyon.security.allowed-hosts  names by which the API is called",
            ""
        },
        footer = {
            "",
            "Commands end with 0 for a pass, 1 for a fail and 2 if the arguments are wrong. Results go to standard output,"
                    + " errors to standard error. The service ends with 1, and a message that says what to do, if it cannot"
                    + " start.",
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
