package dev.canyon.cli.shell;

/** Exit statuses; 0 is success. */
public final class ExitCode {

    /** The command ran, but its test failed or an error occurred. */
    public static final int FAILED = 1;

    /** Invalid arguments; the command did not run. */
    public static final int USAGE = 2;

    private ExitCode() {}
}
