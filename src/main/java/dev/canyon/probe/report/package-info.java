/**
 * A run as a file for other programs: a table, and a report for CI systems.
 *
 * <p>What a figure is called is decided by who tells it: it is given by its name, as text.
 *
 * <p>Uses {@code probe.run}. Knows nothing of Spring, HTTP, JSON or databases.
 */
@NullMarked
@NamedInterface("report")
package dev.canyon.probe.report;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
