package dev.canyon.cli;

import java.io.PrintWriter;
import java.io.StringWriter;

/** A command run in this process, and its output. */
record Invocation(int status, String out, String err) {

    static Invocation of(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int status = Cli.run(new PrintWriter(out), new PrintWriter(err), arguments);
        return new Invocation(status, out.toString(), err.toString());
    }
}
