package dev.canyon.engine.peer;

import dev.canyon.net.WireName;

/** Why a TCP connection was closed before its data was read. A connection is counted under the first reason that applies. */
public enum RejectReason implements NotServed {
    /** Its address family is not that of the listener: a wildcard IPv6 socket may accept IPv4 clients. */
    ADDRESS_FAMILY("its address family is not that of the listener"),
    /** The source is not in {@code allowedSources}. */
    NOT_ALLOWED("its source is not in allowedSources"),
    MAX_CONNECTIONS_PER_SOURCE("its source has reached tcp.maxConnectionsPerSource"),
    /** Too many bytes wait in the process: see {@link dev.canyon.engine.traffic.ByteBudget}. */
    MEMORY("too many bytes wait in memory, or the memory of the container is nearly used up"),
    /** No file descriptor is left for it: see {@link dev.canyon.engine.kernel.DescriptorBudget}. */
    DESCRIPTORS("no file descriptor is left for it"),
    MAX_CONNECTIONS("the listener has reached tcp.maxConnections"),
    /** The PROXY header is missing, broken or late: see {@link dev.canyon.engine.identity.ProxyHeaderFailure}. */
    PROXY_HEADER("its PROXY header is missing, broken or late"),
    /** The TLS handshake failed: see {@link dev.canyon.engine.tls.TlsFailure}. */
    TLS("its TLS handshake failed");

    private final String explanation;

    RejectReason(String explanation) {
        this.explanation = explanation;
    }

    @Override
    public String explanation() {
        return explanation;
    }

    /** The name used in the API, metrics and events, for example {@code max-connections}. */
    @Override
    public String toString() {
        return WireName.of(this);
    }
}
