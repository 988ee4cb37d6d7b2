/**
 * Canyon as a tool for shells and scripts: the same jar with a command as its first argument, without Spring and without the
 * service.
 *
 * <p>Start reading at {@link dev.canyon.cli.Cli}; each command is a class, and they are listed in {@code CanyonCommand}.
 * Results go to standard output, errors to standard error.
 *
 * <p>Uses {@code transport}, {@code probe} with its measured runs and their reports. Knows picocli, and nothing of the service, of Spring or of HTTP.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"transport", "probe", "probe :: run", "probe :: report"})
package dev.canyon.cli;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
