package dev.canyon.certificate;

import dev.canyon.dial.tls.ClientIdentity;
import dev.canyon.engine.tls.TlsCertificate;
import dev.canyon.engine.tls.TlsContext;
import dev.canyon.engine.tls.TlsUnavailableException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A certificate for this host that nobody has signed, created by the JDK's {@code keytool} when it is first used and kept in the
 * data directory, so that clients which pin it go on to work after a restart. Trusts only itself: a client can present the same
 * certificate.
 *
 * <p>Replaced when it is loaded and would expire within 30 days. Where the data directory cannot be written, the certificate lives
 * as long as the process.
 */
final class SelfSignedCertificate {

    private static final Logger log = LoggerFactory.getLogger(SelfSignedCertificate.class);

    private static final String FILE = "self-signed.p12";
    private static final String ALIAS = "canyon";
    /** The file is protected by its permissions; a key store needs a password all the same. */
    private static final String PASSWORD = "canyon-self-signed";

    private static final Duration RENEW_BEFORE = Duration.ofDays(30);
    private static final int VALID_DAYS = 825;
    private static final int MAX_NAMES = 64;
    private static final int KEYTOOL_SECONDS = 60;

    private final Path directory;
    private final Path keytool;
    private @Nullable KeyStore loaded;

    /**
     * @param directory where the file is kept
     * @param keytool the program; it may be missing
     */
    SelfSignedCertificate(Path directory, Path keytool) {
        this.directory = directory;
        this.keytool = keytool;
    }

    /** The program of the JVM that runs this. */
    static Path ownKeytool() {
        return Path.of(System.getProperty("java.home"), "bin", "keytool");
    }

    /**
     * Loads the certificate, and creates it if there is none or if it expires soon. Blocks up to a second.
     *
     * @throws TlsUnavailableException with the reason why it cannot be created
     */
    TlsContext load() {
        try {
            return context(store());
        } catch (IOException | GeneralSecurityException ex) {
            throw unavailable(ex);
        }
    }

    /** The same for a client; the same conditions apply. */
    ClientIdentity identity() {
        try {
            return BundleClients.identity(store(), ALIAS, PASSWORD.toCharArray());
        } catch (IOException | GeneralSecurityException ex) {
            throw unavailable(ex);
        }
    }

    private static TlsUnavailableException unavailable(Exception cause) {
        return new TlsUnavailableException(
                "the self-signed certificate could not be created: " + cause.getMessage(), cause);
    }

    private synchronized KeyStore store() throws IOException, GeneralSecurityException {
        if (loaded == null) {
            Path file = directory.resolve(FILE);
            KeyStore present = read(file);
            loaded = present == null ? create(file) : present;
        }
        return loaded;
    }

    /** @return null if there is none, or none that is valid for long enough */
    private static @Nullable KeyStore read(Path file) {
        if (!Files.exists(file)) {
            return null;
        }
        try {
            KeyStore store = open(file);
            Instant end = certificate(store).getNotAfter().toInstant();
            return end.isAfter(Instant.now().plus(RENEW_BEFORE)) ? store : null;
        } catch (IOException | GeneralSecurityException ex) {
            log.warn("{} cannot be read; a new self-signed certificate replaces it", file, ex);
            return null;
        }
    }

    private KeyStore create(Path file) throws IOException, GeneralSecurityException {
        if (!Files.isExecutable(keytool)) {
            throw new TlsUnavailableException(
                    "the self-signed certificate cannot be created, because this Java runtime has" + " no " + keytool
                            + ": use an SSL bundle, or a runtime with keytool");
        }
        // Only its owner may read a temporary directory.
        Path temporary = Files.createTempDirectory("canyon-tls");
        Path made = temporary.resolve(FILE);
        try {
            run(made);
            KeyStore store = open(made);
            keep(made, file);
            return store;
        } finally {
            Files.deleteIfExists(made);
            Files.deleteIfExists(temporary);
        }
    }

    private void run(Path target) throws IOException {
        Path output = target.resolveSibling("output");
        ProcessBuilder command = new ProcessBuilder(List.of(
                keytool.toString(),
                "-J-Xmx64m",
                "-genkeypair",
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-sigalg",
                "SHA256withECDSA",
                "-dname",
                "CN=" + commonName(),
                "-validity",
                String.valueOf(VALID_DAYS),
                "-ext",
                "san=" + names(),
                "-ext",
                "eku=serverAuth,clientAuth",
                "-alias",
                ALIAS,
                "-storetype",
                "PKCS12",
                "-keystore",
                target.toString(),
                "-storepass:env",
                "CANYON_STORE_PASSWORD"));
        command.environment().put("CANYON_STORE_PASSWORD", PASSWORD);
        // Options of this process, such as a debugger's port, would make keytool fail.
        command.environment().keySet().removeAll(Set.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS"));
        command.redirectErrorStream(true).redirectOutput(output.toFile());
        try {
            Process process = command.start();
            if (!process.waitFor(KEYTOOL_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IOException("keytool took longer than " + KEYTOOL_SECONDS + " s");
            }
            if (process.exitValue() != 0) {
                throw new IOException(
                        "keytool failed: " + Files.readString(output).strip());
            }
        } catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while keytool was running", ex);
        } finally {
            Files.deleteIfExists(output);
        }
    }

    private void keep(Path made, Path file) {
        try {
            Files.createDirectories(directory);
            Path copy = Files.createTempFile(directory, FILE, null);
            try {
                // Not copied as a file: the copy would have the permissions of keytool's file, and everyone could read
                // the key.
                Files.write(copy, Files.readAllBytes(made));
                Files.move(copy, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(copy);
            }
            log.info("Created the self-signed certificate {}", file);
        } catch (IOException ex) {
            log.warn("The self-signed certificate cannot be kept in {}: the next start creates another", directory, ex);
        }
    }

    private static String commonName() {
        // Characters that have a meaning in distinguished names cannot occur.
        return hostName().replaceAll("[^A-Za-z0-9.-]", "-");
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (IOException ex) {
            return "localhost";
        }
    }

    /** In the notation of keytool. */
    private static String names() throws IOException {
        Set<String> names = new LinkedHashSet<>(List.of("dns:localhost", "ip:127.0.0.1", "ip:::1"));
        String host = hostName();
        if (host.matches("[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?(\\.[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?)*")) {
            names.add("dns:" + host);
        }
        NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .map(address -> "ip:" + address.getHostAddress().replaceFirst("%.*", ""))
                .forEach(names::add);
        return names.stream().limit(MAX_NAMES).collect(Collectors.joining(","));
    }

    private static KeyStore open(Path file) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream content = Files.newInputStream(file)) {
            store.load(content, PASSWORD.toCharArray());
        }
        return store;
    }

    private static X509Certificate certificate(KeyStore store) throws GeneralSecurityException {
        if (store.getCertificate(ALIAS) instanceof X509Certificate certificate) {
            return certificate;
        }
        throw new GeneralSecurityException("the key store has no certificate '" + ALIAS + "'");
    }

    private static TlsContext context(KeyStore store) throws GeneralSecurityException {
        X509Certificate certificate = certificate(store);
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, PASSWORD.toCharArray());
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
        try {
            trusted.load(null, null);
        } catch (IOException ex) {
            throw new GeneralSecurityException(ex);
        }
        trusted.setCertificateEntry(ALIAS, certificate);
        trust.init(trusted);
        SSLContext ssl = SSLContext.getInstance("TLS");
        ssl.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        return new TlsContext(ssl, List.of(), TlsCertificate.of(certificate));
    }
}
