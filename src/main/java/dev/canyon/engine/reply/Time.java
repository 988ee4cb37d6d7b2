package dev.canyon.engine.reply;

import dev.canyon.engine.setting.Kind;
import dev.canyon.net.Protocol;

/** Sends the seconds since 1900 as 32 bits and closes (RFC 868). */
@Kind(name = "time", text = "Sends the seconds since 1900 as 32 bits and closes (RFC 868).", protocols = Protocol.TCP)
public record Time() implements Reply {}
