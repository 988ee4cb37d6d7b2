package dev.canyon.api;

import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.springframework.boot.autoconfigure.ssl.SslProperties;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.ssl.NoSuchSslBundleException;
import org.springframework.core.env.Environment;

/** Reports at startup that the SSL bundle of the API does not exist, with the names of those that do. */
final class SslBundleAnalyzer extends AbstractFailureAnalyzer<NoSuchSslBundleException> {

    private static final List<String> USERS = List.of("server.ssl.bundle", "management.server.ssl.bundle");

    private final Environment environment;

    SslBundleAnalyzer(Environment environment) {
        this.environment = environment;
    }

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, NoSuchSslBundleException cause) {
        String missing = cause.getBundleName();
        List<String> users = USERS.stream()
                .filter(property -> missing.equals(environment.getProperty(property)))
                .toList();
        List<String> defined = defined();
        return new FailureAnalysis(
                "There is no SSL bundle '" + missing + "'"
                        + (users.isEmpty() ? "" : ", the value of " + String.join(" and ", users))
                        + (defined.isEmpty()
                                ? ". No bundle is defined."
                                : ". The defined bundles are: " + String.join(", ", defined) + "."),
                (defined.isEmpty() ? "Define it" : "Use the name of a defined bundle, or define this one")
                        + ": set spring.ssl.bundle.pem." + missing + ".keystore.certificate and .private-key, or"
                        + " spring.ssl.bundle.jks." + missing + ".keystore.location and .password.",
                cause);
    }

    private List<String> defined() {
        SslProperties.Bundles bundles = Binder.get(environment)
                .bindOrCreate("spring.ssl", SslProperties.class)
                .getBundle();
        return List.copyOf(
                new TreeSet<>(Stream.concat(bundles.getPem().keySet().stream(), bundles.getJks().keySet().stream())
                        .toList()));
    }
}
