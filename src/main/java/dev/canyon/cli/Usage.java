package dev.canyon.cli;

import dev.canyon.probe.TextEncoding;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** Refuses what cannot be meant, naming the option. */
record Usage(CommandLine command) {

    /** What Java makes of an argument's bytes that are no character in its locale. */
    private static final char LOST_CHARACTER = '\ufffd';

    void require(boolean met, String otherwise) {
        if (!met) {
            throw new ParameterException(command, otherwise);
        }
    }

    void require(boolean met, String option, String expected) {
        require(met, "Invalid value for option '" + option + "': " + expected);
    }

    void requireRange(String option, long value, long min, long max) {
        require(value >= min && value <= max, option, value + " (expected: " + min + " to " + max + ")");
    }

    /** Reads a value that may be wrong, in which case it is refused with the words of the exception. */
    <T> T read(String option, String value, Function<String, T> reading) {
        try {
            return reading.apply(value);
        } catch (IllegalArgumentException ex) {
            throw new ParameterException(command, "Invalid value for option '" + option + "': " + ex.getMessage(), ex);
        }
    }

    /** Text is not sent otherwise than it was typed. */
    byte[] encode(String option, String text, TextEncoding charset) {
        require(
                text.indexOf(LOST_CHARACTER) < 0,
                option,
                "it has characters that do not get through in the locale of this shell (set LC_ALL=C.UTF-8, or give bytes"
                        + " with --hex or --stdin)");
        return read(option, text, charset::encode);
    }
}
