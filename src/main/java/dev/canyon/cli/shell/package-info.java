/**
 * Shared by all commands: socket URIs, durations, exit statuses, JSON, signals.
 */
@NullMarked
package dev.canyon.cli.shell;

import org.jspecify.annotations.NullMarked;
