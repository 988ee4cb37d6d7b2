package dev.canyon.cli;

import dev.canyon.probe.report.RunCsv;
import dev.canyon.probe.report.RunXml;
import dev.canyon.probe.run.RunRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which files a run is written to, for spreadsheets and CI systems. */
final class ReportOptions {

    @Option(
            names = "--csv",
            paramLabel = "FILE",
            description = "Write the result to a file as well: a table with a figure in each row.")
    private @Nullable Path csv;

    @Option(
            names = "--junit",
            paramLabel = "FILE",
            description = "The same in the form of JUnit, for CI systems: a test case for each thing it is judged by.")
    private @Nullable Path junit;

    /** To be called before the run: nobody shall wait for an hour to hear it. */
    void requireWritable(Usage usage) {
        requireWritable(usage, "--csv", csv);
        requireWritable(usage, "--junit", junit);
        usage.require(
                csv == null || junit == null || !whole(csv).equals(whole(junit)),
                "--junit",
                "'" + junit + "' is the file of --csv (expected: another)");
    }

    private static void requireWritable(Usage usage, String option, @Nullable Path file) {
        if (file == null) {
            return;
        }
        usage.require(!Files.isDirectory(file), option, "'" + file + "' is a directory (expected: a file)");
        Path directory = whole(file).getParent();
        usage.require(
                Files.exists(file) ? Files.isWritable(file) : directory != null && Files.isWritable(directory),
                option,
                "'" + file + "' cannot be written (expected: a file in a directory that is there and yours to change)");
    }

    private static Path whole(Path file) {
        return file.toAbsolutePath().normalize();
    }

    /** @throws IOException which names the file */
    void write(RunRecord run) throws IOException {
        if (csv != null || junit != null) {
            Map<String, String> figures = RunFigures.of(run);
            write(csv, RunCsv.of(run, figures));
            write(junit, RunXml.of(run, figures));
        }
    }

    private static void write(@Nullable Path file, byte[] report) throws IOException {
        if (file == null) {
            return;
        }
        try {
            Files.write(file, report);
        } catch (IOException ex) {
            throw new IOException("'" + file + "' could not be written: " + ex, ex);
        }
    }
}
