package dev.canyon.cli.shell;

import dev.canyon.probe.payload.TextEncoding;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** Rejects invalid arguments with the name of the option. */
public record Usage(CommandLine command) {

    /** What Java decodes bytes to that are not a character in the locale. */
    private static final char REPLACEMENT_CHARACTER = '\ufffd';

    public void require(boolean met, String message) {
        if (!met) {
            throw new ParameterException(command, message);
        }
    }

    public void require(boolean met, String option, String expected) {
        require(met, "Invalid value for option '" + option + "': " + expected);
    }

    public void requireRange(String option, long value, long min, long max) {
        require(value >= min && value <= max, option, value + " (expected: " + min + " to " + max + ")");
    }

    /** Parses a value, and rejects it with the message of the exception if that fails. */
    public <T> T parse(String option, String value, Function<String, T> parser) {
        try {
            return parser.apply(value);
        } catch (IllegalArgumentException ex) {
            throw new ParameterException(command, "Invalid value for option '" + option + "': " + ex.getMessage(), ex);
        }
    }

    /** Encodes a text. Rejects one that the locale has garbled rather than sending something else than was typed. */
    public byte[] encode(String option, String text, TextEncoding charset) {
        require(
                text.indexOf(REPLACEMENT_CHARACTER) < 0,
                option,
                "contains characters that the locale cannot represent (set LC_ALL=C.UTF-8, or use --hex or --stdin)");
        return parse(option, text, charset::encode);
    }
}
