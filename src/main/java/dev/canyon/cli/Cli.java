package dev.canyon.cli;

import dev.canyon.cli.shell.DurationText;
import dev.canyon.cli.shell.ExitCode;
import dev.canyon.cli.shell.Explanation;
import dev.canyon.cli.shell.SocketUri;
import dev.canyon.net.Cidr;
import dev.canyon.probe.payload.TextEncoding;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The command line. */
public final class Cli {

    private static final Set<String> OPTIONS = Set.of("--help", "--version");

    private Cli() {}

    /**
     * Returns whether the arguments are a command. Otherwise they set properties of the service, such as {@code --server.port=0}. A
     * first argument without dashes is always a command, known or not: the service takes none.
     */
    public static boolean isCommand(String... arguments) {
        return arguments.length > 0 && (!arguments[0].startsWith("--") || OPTIONS.contains(arguments[0]));
    }

    /**
     * Runs a command and blocks until it is done. The caller ends the process with the result.
     *
     * @return the exit status: 0 pass, 1 fail, 2 invalid arguments
     */
    public static int run(String... arguments) {
        CommandLineLogging.toStandardError();
        PrintWriter err = new PrintWriter(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
        Thread.setDefaultUncaughtExceptionHandler((thread, failure) -> report(err, failure));
        return run(
                new PrintWriter(new FileOutputStream(FileDescriptor.out), false, StandardCharsets.UTF_8),
                err,
                arguments);
    }

    static int run(PrintWriter out, PrintWriter err, String... arguments) {
        int status = execute(out, err, arguments);
        // checkError() also flushes.
        if (out.checkError()) {
            err.println("canyon: failed to write the result");
            status = Math.max(status, ExitCode.FAILED);
        }
        err.flush();
        return status;
    }

    private static int execute(PrintWriter out, PrintWriter err, String... arguments) {
        try {
            return commands().setOut(out).setErr(err).execute(arguments);
        } catch (Error ex) {
            // Picocli passes on what is not an exception, such as a lack of memory.
            report(err, ex);
            return ExitCode.FAILED;
        }
    }

    private static void report(PrintWriter err, Throwable failure) {
        err.println("canyon: " + Explanation.of(failure));
    }

    private static int reportFailure(Exception ex, CommandLine command) {
        command.getErr().println(command.getCommandSpec().qualifiedName() + ": " + Explanation.of(ex));
        return ExitCode.FAILED;
    }

    private static CommandLine commands() {
        return new CommandLine(new CanyonCommand())
                // The text to send may begin with @.
                .setExpandAtFiles(false)
                .setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.OFF))
                .setUsageHelpWidth(100)
                .registerConverter(SocketUri.class, converter(SocketUri::parse))
                .registerConverter(Duration.class, converter(DurationText::parse))
                .registerConverter(TextEncoding.class, converter(TextEncoding::named))
                .registerConverter(Cidr.class, converter(Cidr::parse))
                .registerConverter(Path.class, converter(Cli::path))
                .setExecutionExceptionHandler((ex, command, result) -> reportFailure(ex, command))
                .setParameterExceptionHandler((ex, arguments) -> reportUsageError(ex));
    }

    private static Path path(String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException ex) {
            throw new IllegalArgumentException("'" + text + "' is not the name of a file: " + ex.getReason(), ex);
        }
    }

    private static <T> ITypeConverter<T> converter(Function<String, T> parser) {
        return text -> {
            try {
                return parser.apply(text);
            } catch (IllegalArgumentException ex) {
                throw new TypeConversionException(ex.getMessage());
            }
        };
    }

    private static int reportUsageError(ParameterException ex) {
        CommandLine command = ex.getCommandLine();
        String name = command.getCommandSpec().qualifiedName();
        PrintWriter err = command.getErr();
        err.println(name + ": " + String.valueOf(ex.getMessage()).replaceFirst("^Error: ", ""));
        UnmatchedArgumentException.printSuggestions(ex, err);
        err.println("Try '" + name + " --help'.");
        return ExitCode.USAGE;
    }
}
