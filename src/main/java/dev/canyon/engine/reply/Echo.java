package dev.canyon.engine.reply;

import dev.canyon.engine.setting.Kind;

/** Sends back what it receives (RFC 862). */
@Kind(name = "echo", text = "Sends back what it receives (RFC 862).")
public record Echo() implements Reply {

    @Override
    public boolean answersMessages() {
        return true;
    }
}
