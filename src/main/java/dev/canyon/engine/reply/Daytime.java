package dev.canyon.engine.reply;

import dev.canyon.engine.setting.Kind;
import dev.canyon.net.Protocol;

/** Sends the current date and time as text and closes (RFC 867). */
@Kind(
        name = "daytime",
        text = "Sends the current date and time as text and closes (RFC 867).",
        protocols = Protocol.TCP)
public record Daytime() implements Reply {}
