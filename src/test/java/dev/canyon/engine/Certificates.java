package dev.canyon.engine;

import dev.canyon.engine.tls.TlsCertificate;
import dev.canyon.engine.tls.TlsContext;
import dev.canyon.engine.tls.TlsUnavailableException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/**
 * Certificates that keytool makes when a test first needs them, by name. Each is self-signed and for localhost and the loopback addresses.
 */
public final class Certificates {

    public static final String PASSWORD = "test-only";

    private static final Path DIRECTORY = directory();
    private static final Map<String, Path> FILES = new ConcurrentHashMap<>();

    private Certificates() {}

    private static Path directory() {
        try {
            Path directory = Files.createTempDirectory("canyon-test-certificates");
            directory.toFile().deleteOnExit();
            return directory;
        } catch (IOException ex) {
            throw new IllegalStateException(ex);
        }
    }

    /** A PKCS12 file with a private key and its certificate under the alias of this name. */
    public static Path keyStore(String name) {
        return FILES.computeIfAbsent(name, missing -> make(name, 365));
    }

    /** Makes the file anew. */
    public static Path make(String name, int days) {
        try {
            Path file = DIRECTORY.resolve(name + ".p12");
            Files.deleteIfExists(file);
            Process keytool = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "keytool")
                                    .toString(),
                            "-genkeypair",
                            "-keyalg",
                            "EC",
                            "-groupname",
                            "secp256r1",
                            "-dname",
                            "CN=" + name,
                            "-validity",
                            String.valueOf(days),
                            "-ext",
                            "san=dns:localhost,dns:" + name + ".example,ip:127.0.0.1,ip:::1",
                            "-alias",
                            name,
                            "-storetype",
                            "PKCS12",
                            "-keystore",
                            file.toString(),
                            "-storepass",
                            PASSWORD)
                    .redirectErrorStream(true)
                    .start();
            String output = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (keytool.waitFor() != 0) {
                throw new IllegalStateException("keytool: " + output);
            }
            file.toFile().deleteOnExit();
            return file;
        } catch (IOException ex) {
            throw new IllegalStateException(ex);
        } catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(ex);
        }
    }

    public static X509Certificate certificate(String name) {
        try {
            return (X509Certificate) Objects.requireNonNull(load(name).getCertificate(name));
        } catch (GeneralSecurityException ex) {
            throw new IllegalStateException(ex);
        }
    }

    /** The certificate and the private key in PEM, in one file. */
    public static Path pem(String name) {
        Path file = DIRECTORY.resolve(name + ".pem");
        try {
            String pem = block("CERTIFICATE", certificate(name).getEncoded())
                    + block("PRIVATE KEY", privateKey(name).getEncoded());
            file.toFile().deleteOnExit();
            return Files.writeString(file, pem);
        } catch (GeneralSecurityException | IOException ex) {
            throw new IllegalStateException(ex);
        }
    }

    private static String block(String label, byte[] encoded) {
        String base64 = Base64.getMimeEncoder().encodeToString(encoded);
        return "-----BEGIN " + label + "-----\n" + base64 + "\n-----END " + label + "-----\n";
    }

    public static PrivateKey privateKey(String name) {
        try {
            return (PrivateKey) Objects.requireNonNull(load(name).getKey(name, PASSWORD.toCharArray()));
        } catch (GeneralSecurityException ex) {
            throw new IllegalStateException(ex);
        }
    }

    private static KeyStore load(String name) throws GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(keyStore(name))) {
            store.load(in, PASSWORD.toCharArray());
        } catch (IOException ex) {
            throw new IllegalStateException(ex);
        }
        return store;
    }

    /**
     * @param own null for no certificate
     * @param trusted names of the trusted certificates
     */
    public static SSLContext context(@Nullable String own, String... trusted) {
        try {
            KeyManager @Nullable [] keys = null;
            if (own != null) {
                KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
                factory.init(load(own), PASSWORD.toCharArray());
                keys = new KeyManager[] {new Always(own, (X509ExtendedKeyManager) factory.getKeyManagers()[0])};
            }
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys, trust(trusted), null);
            return context;
        } catch (GeneralSecurityException | IOException ex) {
            throw new IllegalStateException(ex);
        }
    }

    /** Presents its certificate to everyone, also to a server that names other issuers. */
    private static final class Always extends X509ExtendedKeyManager {

        private final String alias;
        private final X509ExtendedKeyManager keys;

        Always(String alias, X509ExtendedKeyManager keys) {
            this.alias = alias;
            this.keys = keys;
        }

        @Override
        public String[] getClientAliases(String type, Principal[] issuers) {
            return new String[] {alias};
        }

        @Override
        public String chooseClientAlias(String[] types, Principal[] issuers, Socket socket) {
            return alias;
        }

        @Override
        public String[] getServerAliases(String type, Principal[] issuers) {
            return keys.getServerAliases(type, issuers);
        }

        @Override
        public String chooseServerAlias(String type, Principal[] issuers, Socket socket) {
            return keys.chooseServerAlias(type, issuers, socket);
        }

        @Override
        public String chooseEngineServerAlias(String type, Principal[] issuers, SSLEngine engine) {
            return keys.chooseEngineServerAlias(type, issuers, engine);
        }

        @Override
        public X509Certificate[] getCertificateChain(String name) {
            return keys.getCertificateChain(name);
        }

        @Override
        public PrivateKey getPrivateKey(String name) {
            return keys.getPrivateKey(name);
        }
    }

    private static TrustManager[] trust(String... names) throws GeneralSecurityException, IOException {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        List<String> all = new ArrayList<>(Arrays.asList(names));
        // An empty trust store is refused.
        all.add("nobody");
        for (String name : all) {
            trusted.setCertificateEntry(name, certificate(name));
        }
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(trusted);
        return factory.getTrustManagers();
    }

    /** The SSL bundles of the engine's tests: {@code server} and {@code other}, which trust {@code client}. */
    static TlsContext bundle(String name) {
        if (!name.equals("server") && !name.equals("other")) {
            throw new TlsUnavailableException("there is no SSL bundle '" + name + "'");
        }
        return BUNDLES.computeIfAbsent(
                name,
                first -> new TlsContext(context(name, "client"), List.of(), TlsCertificate.of(certificate(name))));
    }

    private static final Map<String, TlsContext> BUNDLES = new ConcurrentHashMap<>();
}
