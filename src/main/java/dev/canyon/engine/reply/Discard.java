package dev.canyon.engine.reply;

import dev.canyon.engine.setting.Kind;

/** Reads everything and answers nothing (RFC 863). */
@Kind(name = "discard", text = "Reads everything and answers nothing (RFC 863).")
public record Discard() implements Reply {}
