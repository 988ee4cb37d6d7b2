package dev.canyon.engine.reply;

import dev.canyon.engine.setting.Kind;
import dev.canyon.net.Protocol;

/** Sends lines of printable characters until the client closes, and discards what it receives (RFC 864). */
@Kind(
        name = "chargen",
        text = "Sends lines of printable characters until the client closes, and discards what it receives (RFC 864).",
        protocols = Protocol.TCP)
public record Chargen() implements Reply {}
