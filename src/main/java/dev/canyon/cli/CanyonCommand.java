package dev.canyon.cli;

import dev.canyon.cli.listen.ListenCommand;
import dev.canyon.cli.run.RunCommand;
import dev.canyon.cli.send.SendCommand;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The top-level command. */
@Command(
        name = "canyon",
        versionProvider = Version.class,
        mixinStandardHelpOptions = true,
        subcommands = {SendCommand.class, RunCommand.class, ListenCommand.class, VersionCommand.class, HelpCommand.class
        },
        description = {
            "Hosts TCP and UDP echo listeners, and tests sockets from a shell. 'canyon' is short for 'java -jar canyon.jar'.",
            "",
            "Without a command the service starts: dashboard and API on http://localhost:8080, a TCP and a UDP echo listener"
                    + " on port 7007. Stop it with Ctrl-C or SIGTERM. Set properties with arguments, environment variables,"
                    + " or in ./application.yml:",
            "  canyon --server.port=9090 --canyon.data-dir=/var/lib/canyon",
            "  SERVER_PORT=9090 CANYON_DATA_DIR=/var/lib/canyon canyon",
            "",
            "Common properties (for all others see docs/properties.md):",
            "  server.address                 bind address of the API (127.0.0.1); any other requires a key",
            "  server.port                    port of the API (8080)",
            "  canyon.data-dir                data directory (./data)",
            "  canyon.default-host            bind address of listeners without a host (127.0.0.1)",
            "  canyon.limits.ports            ports that listeners may use, for example 7000-7099",
            "  canyon.targets.allowed         allowed targets of test messages, besides running listeners",
            "  canyon.security.admin-key      the key, preferably set with CANYON_SECURITY_ADMIN_KEY. If unset,",
            "                                 the first startup generates one and prints it",
            "  canyon.security.allowed-hosts  host names by which the API is reachable",
            ""
        },
        footer = {
            "",
            "Exit status of a command: 0 pass, 1 fail, 2 invalid arguments. Results are written to standard output,"
                    + " errors to standard error. If the service cannot start it prints the reason and exits with status 1.",
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
        throw new ParameterException(spec.commandLine(), "missing command");
    }
}
