package dev.canyon.certificate;

import dev.canyon.engine.tls.TlsUnavailableException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The JDK's {@code keytool}, which creates keys and certificates.
 *
 * @param program it may be missing
 */
record Keytool(Path program) {

    /** The files are protected by their permissions; a key store needs a password all the same. */
    static final String PASSWORD = "canyon-self-signed";

    private static final int TIMEOUT_SECONDS = 60;

    /** The program of the JVM that runs this. */
    static Keytool own() {
        return new Keytool(Path.of(System.getProperty("java.home"), "bin", "keytool"));
    }

    /** @throws TlsUnavailableException if the program is missing */
    void requireProgram(String certificate) {
        if (!Files.isExecutable(program)) {
            throw new TlsUnavailableException("the " + certificate
                    + " certificate cannot be created, because this Java runtime has no " + program
                    + ": use an SSL bundle, or a runtime with keytool");
        }
    }

    /** Creates a key pair with a certificate that it has signed itself. Blocks for about half a second, like all commands. */
    void createKeyPair(KeyFile target, String subject, String... options) throws IOException {
        run(
                target,
                "-genkeypair",
                Stream.concat(
                        Stream.of(
                                "-keyalg",
                                "EC",
                                "-groupname",
                                "secp256r1",
                                "-sigalg",
                                "SHA256withECDSA",
                                "-storetype",
                                "PKCS12",
                                "-dname",
                                subject),
                        Stream.of(options)));
    }

    /** Writes a certificate signing request (RFC 2986) for the key. */
    void request(KeyFile key, Path request) throws IOException {
        run(key, "-certreq", Stream.of("-file", request.toString()));
    }

    /** Signs a request; writes the certificate in DER. */
    void sign(KeyFile authority, Path request, Path certificate, String... options) throws IOException {
        run(
                authority,
                "-gencert",
                Stream.concat(
                        Stream.of("-infile", request.toString(), "-outfile", certificate.toString()),
                        Stream.of(options)));
    }

    /**
     * A PKCS12 file with a key.
     *
     * @param alias of the key
     */
    record KeyFile(Path file, String alias) {

        KeyStore open() throws IOException, GeneralSecurityException {
            KeyStore store = KeyStore.getInstance("PKCS12");
            try (InputStream content = Files.newInputStream(file)) {
                store.load(content, PASSWORD.toCharArray());
            }
            return store;
        }
    }

    private void run(KeyFile key, String command, Stream<String> options) throws IOException {
        Path output = key.file().resolveSibling("output");
        Stream<String> start = Stream.of(program.toString(), "-J-Xmx64m", "-J-XX:TieredStopAtLevel=1", command);
        Stream<String> store = Stream.of(
                "-alias", key.alias(), "-keystore", key.file().toString(), "-storepass:env", "CANYON_STORE_PASSWORD");
        List<String> all =
                Stream.of(start, store, options).flatMap(part -> part).toList();
        ProcessBuilder process = new ProcessBuilder(all);
        process.environment().put("CANYON_STORE_PASSWORD", PASSWORD);
        // Options of this process, such as a debugger's port, would make keytool fail.
        process.environment().keySet().removeAll(Set.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS"));
        process.redirectErrorStream(true).redirectOutput(output.toFile());
        await(process.start(), output);
    }

    private static void await(Process keytool, Path output) throws IOException {
        try {
            if (!keytool.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
                keytool.destroyForcibly();
                throw new IOException("keytool took longer than " + TIMEOUT_SECONDS + " s");
            }
            if (keytool.exitValue() != 0) {
                throw new IOException(
                        "keytool failed: " + Files.readString(output).strip());
            }
        } catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while keytool was running", ex);
        }
    }
}
