package dev.canyon.probe.run;

import org.jspecify.annotations.Nullable;

/**
 * A second of a run; the last one may be shorter.
 *
 * @param atMs when it ended, in milliseconds since sending began
 * @param messages answered in it
 * @param p99Micros of these; null if there was none
 */
public record Interval(long atMs, long messages, @Nullable Double p99Micros) {}
