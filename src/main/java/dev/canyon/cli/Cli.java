package dev.canyon.cli;

import dev.canyon.probe.TextEncoding;
import dev.canyon.transport.Cidr;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
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

    /** What a command can end with, besides 0. */
    static final int FAILED = 1;

    static final int USAGE = 2;

    private static final Set<String> OPTIONS_OF_OURS = Set.of("--help", "--version");

    private Cli() {}

    /**
     * Whether these arguments are for the command line. All others set properties of the service, as {@code --server.port=0}
     * does. A word is always meant as a command, known or not: the service takes none.
     */
    public static boolean isMeantBy(String... arguments) {
        return arguments.length > 0 && (!arguments[0].startsWith("--") || OPTIONS_OF_OURS.contains(arguments[0]));
    }

    /**
     * Runs a command in a process of its own; blocks until it is done.
     *
     * @return what the process should end with: 0 for a pass, 1 for a fail, 2 if the arguments are wrong
     */
    public static int run(String... arguments) {
        Warnings.toStandardError();
        return run(
                new PrintWriter(new FileOutputStream(FileDescriptor.out), false, StandardCharsets.UTF_8),
                new PrintWriter(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8),
                arguments);
    }

    /** The same with other writers. */
    static int run(PrintWriter out, PrintWriter err, String... arguments) {
        int status = commands().setOut(out).setErr(err).execute(arguments);
        // Also flushes it.
        if (out.checkError()) {
            err.println("canyon: the result could not be written");
            status = Math.max(status, FAILED);
        }
        err.flush();
        return status;
    }

    private static CommandLine commands() {
        return new CommandLine(new CanyonCommand())
                // Text to send may well begin with @.
                .setExpandAtFiles(false)
                .setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.OFF))
                .setUsageHelpWidth(100)
                .registerConverter(SocketUri.class, readBy(SocketUri::parse))
                .registerConverter(Duration.class, readBy(DurationText::parse))
                .registerConverter(TextEncoding.class, readBy(TextEncoding::named))
                .registerConverter(Cidr.class, readBy(Cidr::parse))
                .setParameterExceptionHandler((ex, arguments) -> refuse(ex));
    }

    private static <T> ITypeConverter<T> readBy(Function<String, T> reading) {
        return text -> {
            try {
                return reading.apply(text);
            } catch (IllegalArgumentException ex) {
                throw new TypeConversionException(ex.getMessage());
            }
        };
    }

    private static int refuse(ParameterException ex) {
        CommandLine command = ex.getCommandLine();
        String name = command.getCommandSpec().qualifiedName();
        PrintWriter err = command.getErr();
        err.println(name + ": " + String.valueOf(ex.getMessage()).replaceFirst("^Error: ", ""));
        UnmatchedArgumentException.printSuggestions(ex, err);
        err.println("Try '" + name + " --help'.");
        return USAGE;
    }
}
