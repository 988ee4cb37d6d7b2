package dev.canyon.engine.reply;

import dev.canyon.engine.setting.OneOf;

/** What is answered: a record of settings for each mode. */
@OneOf.By("mode")
public sealed interface Reply permits Echo, Discard, Fixed, Identity, Delayed, Chargen, Daytime, Time, Stamp {

    /** Whether it answers each message of a TCP stream separately, so that framing has a meaning. */
    default boolean answersMessages() {
        return false;
    }
}
