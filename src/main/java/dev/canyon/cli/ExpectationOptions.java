package dev.canyon.cli;

import dev.canyon.probe.Expectation;
import dev.canyon.probe.HexText;
import dev.canyon.probe.TextEncoding;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What shall come back, if not what was sent: one of these. */
final class ExpectationOptions {

    @Option(names = "--expect-text", paramLabel = "TEXT", description = "Exactly this text.")
    private @Nullable String text;

    @Option(names = "--expect-hex", paramLabel = "HEX", description = "Exactly these bytes.")
    private @Nullable String hex;

    @Option(names = "--expect-contains", paramLabel = "TEXT", description = "This text somewhere in it.")
    private @Nullable String contains;

    Expectation expectation(Usage usage, TextEncoding charset) {
        if (text != null) {
            return new Expectation.Exactly(usage.encode("--expect-text", text, charset));
        }
        if (hex != null) {
            return new Expectation.Exactly(usage.read("--expect-hex", hex, HexText::parse));
        }
        return new Expectation.Containing(usage.encode("--expect-contains", String.valueOf(contains), charset));
    }
}
