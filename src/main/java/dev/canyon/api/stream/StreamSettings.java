package dev.canyon.api.stream;

import java.time.Duration;

/**
 * Limits of event streams.
 *
 * @param maxStreams maximum number of open streams
 * @param heartbeat a comment is sent after this time without an event, so that both ends detect a lost connection
 * @param writeTimeout a stream whose client reads nothing for this time is closed
 */
public record StreamSettings(int maxStreams, Duration heartbeat, Duration writeTimeout) {}
