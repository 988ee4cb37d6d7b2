package dev.canyon.cli;

import dev.canyon.probe.Base64Text;
import dev.canyon.probe.HexText;
import dev.canyon.probe.TextEncoding;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What to send: exactly one of these. */
final class PayloadOptions {

    static final int MAX_BYTES = 16 * 1024 * 1024;

    @Option(names = "--text", paramLabel = "TEXT", description = "Text; with '' on TCP only the connection is tested.")
    private @Nullable String text;

    @Option(
            names = "--hex",
            paramLabel = "HEX",
            description = "Bytes in hex; spaces, colons and 0x may stand between them.")
    private @Nullable String hex;

    @Option(names = "--base64", paramLabel = "BASE64", description = "Bytes in Base64.")
    private @Nullable String base64;

    @Option(names = "--size", paramLabel = "BYTES", description = "So many random bytes.")
    private @Nullable Integer size;

    @Option(names = "--stdin", description = "The bytes that come on standard input, up to its end.")
    private boolean stdin;

    /** @throws IOException if standard input cannot be read */
    byte[] bytes(Usage usage, TextEncoding charset) throws IOException {
        if (text != null) {
            return usage.encode("--text", text, charset);
        }
        if (hex != null) {
            return usage.read("--hex", hex, HexText::parse);
        }
        if (base64 != null) {
            return usage.read("--base64", base64, Base64Text::parse);
        }
        return stdin ? standardInput(usage) : random(usage, size == null ? 0 : size);
    }

    private static byte[] random(Usage usage, int size) {
        usage.requireRange("--size", size, 0, MAX_BYTES);
        byte[] random = new byte[size];
        ThreadLocalRandom.current().nextBytes(random);
        return random;
    }

    @SuppressWarnings("resource") // standard input is not ours to close
    private static byte[] standardInput(Usage usage) throws IOException {
        InputStream in = System.in;
        byte[] bytes = in.readNBytes(MAX_BYTES + 1);
        usage.require(bytes.length <= MAX_BYTES, "--stdin", "more than " + MAX_BYTES + " bytes");
        return bytes;
    }
}
