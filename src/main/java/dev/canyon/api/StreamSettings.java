package dev.canyon.api;

import java.time.Duration;

/**
 * How event streams are given.
 *
 * @param most streams at once
 * @param heartbeat after so much silence a comment is sent, which shows both ends that the other one is there
 * @param patience a reader that takes nothing for so long is hung up on
 */
record StreamSettings(int most, Duration heartbeat, Duration patience) {}
