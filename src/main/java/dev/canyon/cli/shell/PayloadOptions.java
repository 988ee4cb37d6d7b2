package dev.canyon.cli.shell;

import dev.canyon.probe.payload.Base64Text;
import dev.canyon.probe.payload.HexText;
import dev.canyon.probe.payload.TextEncoding;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The payload: exactly one of these options. */
public final class PayloadOptions {

    public static final int MAX_BYTES = 16 * 1024 * 1024;

    @Option(
            names = "--text",
            paramLabel = "TEXT",
            description = "Text to send. With an empty text, a TCP test only opens and closes the connection.")
    private @Nullable String text;

    @Option(
            names = "--hex",
            paramLabel = "HEX",
            description = "Bytes to send, in hex, optionally separated by spaces, colons or 0x.")
    private @Nullable String hex;

    @Option(names = "--base64", paramLabel = "BASE64", description = "Bytes to send, in Base64.")
    private @Nullable String base64;

    @Option(names = "--size", paramLabel = "BYTES", description = "Number of random bytes to send.")
    private @Nullable Integer size;

    @Option(names = "--stdin", description = "Read the bytes from standard input until end of file.")
    private boolean stdin;

    /** @throws IOException if standard input cannot be read */
    public byte[] bytes(Usage usage, TextEncoding charset) throws IOException {
        if (text != null) {
            return usage.encode("--text", text, charset);
        }
        if (hex != null) {
            return usage.parse("--hex", hex, HexText::parse);
        }
        if (base64 != null) {
            return usage.parse("--base64", base64, Base64Text::parse);
        }
        return stdin ? standardInput(usage) : random(usage, size == null ? 0 : size);
    }

    private static byte[] random(Usage usage, int size) {
        usage.requireRange("--size", size, 0, MAX_BYTES);
        byte[] random = new byte[size];
        ThreadLocalRandom.current().nextBytes(random);
        return random;
    }

    @SuppressWarnings("resource") // standard input stays open
    private static byte[] standardInput(Usage usage) throws IOException {
        InputStream in = System.in;
        byte[] bytes = in.readNBytes(MAX_BYTES + 1);
        usage.require(bytes.length <= MAX_BYTES, "--stdin", "more than " + MAX_BYTES + " bytes");
        return bytes;
    }
}
