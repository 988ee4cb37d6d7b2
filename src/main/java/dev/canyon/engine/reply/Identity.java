package dev.canyon.engine.reply;

import dev.canyon.engine.setting.Kind;

/** Answers each message with one line of JSON: who sent it from where, and what arrived. */
@Kind(name = "identity", text = "Answers each message with one line of JSON: who sent it from where, and what arrived.")
public record Identity() implements Reply {

    @Override
    public boolean answersMessages() {
        return true;
    }
}
