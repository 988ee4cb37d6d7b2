package dev.canyon.cli.send;

import dev.canyon.cli.shell.Usage;
import dev.canyon.probe.Expectation;
import dev.canyon.probe.payload.HexText;
import dev.canyon.probe.payload.TextEncoding;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The expected response, if not an echo: at most one of these options. */
final class ExpectationOptions {

    @Option(names = "--expect-text", paramLabel = "TEXT", description = "Exactly this text.")
    private @Nullable String text;

    @Option(names = "--expect-hex", paramLabel = "HEX", description = "Exactly these bytes.")
    private @Nullable String hex;

    @Option(names = "--expect-contains", paramLabel = "TEXT", description = "A response that contains this text.")
    private @Nullable String contains;

    Expectation expectation(Usage usage, TextEncoding charset) {
        if (text != null) {
            return new Expectation.Exactly(usage.encode("--expect-text", text, charset));
        }
        if (hex != null) {
            return new Expectation.Exactly(usage.parse("--expect-hex", hex, HexText::parse));
        }
        return new Expectation.Containing(usage.encode("--expect-contains", String.valueOf(contains), charset));
    }
}
