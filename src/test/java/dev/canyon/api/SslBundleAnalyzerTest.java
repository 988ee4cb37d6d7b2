package dev.canyon.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.ssl.NoSuchSslBundleException;
import org.springframework.mock.env.MockEnvironment;

class SslBundleAnalyzerTest {

    private final MockEnvironment environment = new MockEnvironment();

    @Test
    void namesTheBundlesThatExist() {
        environment.setProperty("management.server.ssl.bundle", "apy");
        environment.setProperty("spring.ssl.bundle.pem.api.keystore.certificate", "file:/etc/canyon/tls.crt");
        environment.setProperty("spring.ssl.bundle.jks.Edge.keystore.location", "file:/etc/canyon/edge.p12");
        assertThat(analyze("apy").getDescription())
                .isEqualTo("There is no SSL bundle 'apy', the value of management.server.ssl.bundle."
                        + " The defined bundles are: Edge, api.");
    }

    @Test
    void saysHowToDefineOneIfNoneExists() {
        FailureAnalysis analysis = analyze("api");
        assertThat(analysis.getDescription()).isEqualTo("There is no SSL bundle 'api'. No bundle is defined.");
        assertThat(analysis.getAction()).startsWith("Define it: set spring.ssl.bundle.pem.api.keystore.certificate");
    }

    private FailureAnalysis analyze(String missing) {
        return new SslBundleAnalyzer(environment)
                .analyze(new IllegalStateException(), new NoSuchSslBundleException(missing, "not found"));
    }
}
