package dev.canyon.cli.run;

import dev.canyon.cli.shell.Explanation;
import dev.canyon.cli.shell.Usage;
import dev.canyon.probe.report.RunCsv;
import dev.canyon.probe.report.RunXml;
import dev.canyon.probe.run.RunRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Report files to write, for spreadsheets and CI systems. */
final class ReportOptions {

    @Option(
            names = "--csv",
            paramLabel = "FILE",
            description = "Also write the result to a CSV file, one value per row.")
    private @Nullable Path csv;

    @Option(
            names = "--junit",
            paramLabel = "FILE",
            description = "Also write a JUnit XML report for CI systems, one test case per criterion.")
    private @Nullable Path junit;

    /** Checks the files before the run, rather than after an hour of measuring. */
    void requireWritable(Usage usage) {
        requireWritable(usage, "--csv", csv);
        requireWritable(usage, "--junit", junit);
        usage.require(
                csv == null || junit == null || !absolute(csv).equals(absolute(junit)),
                "--junit",
                "'" + junit + "' must differ from the --csv file");
    }

    private static void requireWritable(Usage usage, String option, @Nullable Path file) {
        if (file == null) {
            return;
        }
        usage.require(!Files.isDirectory(file), option, "'" + file + "' is a directory (expected: a file)");
        Path directory = absolute(file).getParent();
        usage.require(
                Files.exists(file) ? Files.isWritable(file) : directory != null && Files.isWritable(directory),
                option,
                "'" + file + "' is not writable (expected: a file in an existing, writable directory)");
    }

    private static Path absolute(Path file) {
        return file.toAbsolutePath().normalize();
    }

    /** @throws IOException names the file that could not be written */
    void write(RunRecord run) throws IOException {
        if (csv != null) {
            write(csv, RunCsv.of(run));
        }
        if (junit != null) {
            write(junit, RunXml.of(run));
        }
    }

    private static void write(Path file, byte[] report) throws IOException {
        try {
            Files.write(file, report);
        } catch (IOException ex) {
            throw new IOException("failed to write '" + file + "': " + Explanation.reason(ex), ex);
        }
    }
}
