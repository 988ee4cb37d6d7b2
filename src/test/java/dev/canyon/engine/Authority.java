package dev.canyon.engine;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** A certificate authority that keytool makes when a test first needs it, and certificates that it has signed. */
public final class Authority {

    private static final String PASSWORD = "test-only";
    private static final String OWN = "authority";

    private final Path file;

    /** @param directory where its key store is kept */
    public Authority(Path directory) {
        file = directory.resolve(OWN + ".p12");
        keytool(OWN, List.of("-ext", "bc:c", "-validity", "365"));
    }

    /** Makes a key and a certificate for these names, in the notation of keytool. */
    public void sign(String alias, String names, String... validity) {
        List<String> options = new ArrayList<>(List.of("-signer", OWN, "-ext", "san=" + names));
        options.addAll(List.of(validity));
        keytool(alias, options);
    }

    private void keytool(String alias, List<String> options) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-dname",
                "CN=" + alias,
                "-alias",
                alias,
                "-storetype",
                "PKCS12",
                "-keystore",
                file.toString(),
                "-storepass",
                PASSWORD));
        command.addAll(options);
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IllegalStateException("keytool: " + output);
            }
        } catch (IOException ex) {
            throw new IllegalStateException(ex);
        } catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(ex);
        }
    }

    public X509Certificate certificate() {
        return certificate(OWN);
    }

    public X509Certificate certificate(String alias) {
        try {
            return (X509Certificate) Objects.requireNonNull(load().getCertificate(alias));
        } catch (GeneralSecurityException ex) {
            throw new IllegalStateException(ex);
        }
    }

    /** A server that presents this certificate and that of the authority. */
    public SSLContext server(String alias) {
        try {
            KeyStore all = load();
            KeyStore one = KeyStore.getInstance("PKCS12");
            one.load(null, null);
            one.setKeyEntry(
                    alias,
                    Objects.requireNonNull(all.getKey(alias, PASSWORD.toCharArray())),
                    PASSWORD.toCharArray(),
                    Objects.requireNonNull(all.getCertificateChain(alias)));
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(one, PASSWORD.toCharArray());
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), null, null);
            return context;
        } catch (GeneralSecurityException | IOException ex) {
            throw new IllegalStateException(ex);
        }
    }

    private KeyStore load() throws GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, PASSWORD.toCharArray());
        } catch (IOException ex) {
            throw new IllegalStateException(ex);
        }
        return store;
    }
}
