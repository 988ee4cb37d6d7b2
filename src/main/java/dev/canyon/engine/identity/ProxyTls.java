package dev.canyon.engine.identity;

import org.jspecify.annotations.Nullable;

/**
 * How the client speaks TLS with the proxy: PP2_TYPE_SSL.
 *
 * @param protocol for example {@code TLSv1.3}
 * @param commonName of the subject of the client's certificate
 * @param cipher for example {@code TLS_AES_256_GCM_SHA384}
 * @param signatureAlgorithm of the proxy's certificate
 * @param keyAlgorithm of the proxy's certificate
 * @param clientCertificate whether the client presented a certificate, on this or an earlier connection of the session
 * @param verified whether the client presented a certificate and it was verified
 */
public record ProxyTls(
        @Nullable String protocol,
        @Nullable String commonName,
        @Nullable String cipher,
        @Nullable String signatureAlgorithm,
        @Nullable String keyAlgorithm,
        boolean clientCertificate,
        boolean verified) {}
