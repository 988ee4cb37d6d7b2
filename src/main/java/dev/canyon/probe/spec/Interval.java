package dev.canyon.probe.spec;

import org.jspecify.annotations.Nullable;

/**
 * One second of a run; the last may be shorter.
 *
 * @param atMs end of the interval, in milliseconds since sending began
 * @param messages number of messages received in the interval
 * @param p99Micros 99th percentile of their latency; null if there were none
 */
public record Interval(long atMs, long messages, @Nullable Double p99Micros) {}
