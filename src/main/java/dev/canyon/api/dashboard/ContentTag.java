package dev.canyon.api.dashboard;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.springframework.core.io.Resource;

/** An ETag computed from the content of a file. It is weak, because the file is also served compressed. */
final class ContentTag {

    private static final int HASH_BYTES = 16;

    private ContentTag() {}

    static String of(Resource file) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(file.getContentAsByteArray());
            return "W/\"" + HexFormat.of().formatHex(hash, 0, HASH_BYTES) + "\"";
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        } catch (NoSuchAlgorithmException ex) {
            throw new IllegalStateException(ex);
        }
    }
}
