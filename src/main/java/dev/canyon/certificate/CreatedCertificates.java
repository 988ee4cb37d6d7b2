package dev.canyon.certificate;

import dev.canyon.engine.tls.TlsContexts;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The certificates that Canyon creates, by the names of their bundles. May be used from any thread. */
final class CreatedCertificates {

    private final Map<String, CreatedCertificate> byName = new TreeMap<>();

    /** @param directory where they are kept */
    CreatedCertificates(Path directory, Keytool keytool) {
        add(TlsContexts.SELF_SIGNED, new SelfSigned(), directory, keytool);
        for (WrongCertificate wrong : WrongCertificate.values()) {
            add(wrong.toString(), wrong, directory, keytool);
        }
    }

    private void add(String name, CertificateRecipe recipe, Path directory, Keytool keytool) {
        byName.put(name, new CreatedCertificate(name, recipe, directory, keytool));
    }

    Set<String> names() {
        return byName.keySet();
    }

    /** @return null if Canyon creates none of this name */
    @Nullable
    CreatedCertificate find(String name) {
        return byName.get(name);
    }
}
