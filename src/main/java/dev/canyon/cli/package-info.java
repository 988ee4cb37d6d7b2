/**
 * Canyon as a command line tool: the same jar with a command as its first argument, without Spring and without the service.
 *
 * <p>Start reading at {@link dev.canyon.cli.Cli}; the commands are listed in {@code CanyonCommand}, each in its own sub-package. Results are
 * written to standard output, errors to standard error.
 */
@NullMarked
@ApplicationModule(
        allowedDependencies = {
            "certificate",
            "definition",
            "engine",
            "engine :: endpoint",
            "engine :: fault",
            "engine :: fault-type",
            "engine :: peer",
            "engine :: reply",
            "engine :: traffic",
            "engine :: kernel",
            "engine :: setting",
            "engine :: tls",
            "dial",
            "dial :: tls",
            "probe",
            "probe :: payload",
            "probe :: spec",
            "probe :: run",
            "probe :: report",
            "net",
            "thread"
        })
package dev.canyon.cli;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
