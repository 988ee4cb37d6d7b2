package dev.canyon.engine.reply;

import dev.canyon.engine.setting.Kind;
import dev.canyon.net.Protocol;

/** Reflects test packets as a stateful Session-Reflector of STAMP in unauthenticated mode (RFC 8762). */
@Kind(
        name = "stamp",
        text = "Reflects test packets as a stateful Session-Reflector of STAMP in unauthenticated mode (RFC 8762).",
        protocols = Protocol.UDP)
public record Stamp() implements Reply {}
