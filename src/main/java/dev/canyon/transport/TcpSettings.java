package dev.canyon.transport;

import java.time.Duration;

/**
 * How a TCP endpoint treats its connections.
 *
 * @param backlog 1 to 65535: connections the kernel completes before we accept them; the kernel caps it at
 *     {@code net.core.somaxconn} (listen(2))
 * @param noDelay send small replies at once instead of collecting them (TCP_NODELAY, tcp(7))
 * @param keepAlive let the kernel probe silent peers (SO_KEEPALIVE, socket(7))
 * @param idleTimeout a connection on which nothing arrives and nothing is sent for this long is closed; 0 means never
 * @param writeStallTimeout a peer that takes no byte of a waiting reply for this long is closed; 0 means never
 * @param maxConnections open connections at most, further ones are closed at once; 0 means no limit
 * @param maxConnectionsPerSource the same for each remote address; 0 means no limit
 */
public record TcpSettings(
        int backlog,
        boolean noDelay,
        boolean keepAlive,
        Duration idleTimeout,
        Duration writeStallTimeout,
        int maxConnections,
        int maxConnectionsPerSource)
        implements ProtocolSettings {

    public static final int MAX_BACKLOG = 65_535;
    public static final int DEFAULT_BACKLOG = 1024;
    public static final long MAX_TIMEOUT_MS = 86_400_000;
    public static final long DEFAULT_IDLE_TIMEOUT_MS = 300_000;
    public static final long DEFAULT_WRITE_STALL_TIMEOUT_MS = 60_000;
    public static final int DEFAULT_MAX_CONNECTIONS = 10_000;
    public static final int MAX_CONNECTIONS = 1_000_000;

    public TcpSettings {
        Range.require("backlog", backlog, 1, MAX_BACKLOG);
        Range.require("idleTimeoutMs", idleTimeout.toMillis(), 0, MAX_TIMEOUT_MS);
        Range.require("writeStallTimeoutMs", writeStallTimeout.toMillis(), 0, MAX_TIMEOUT_MS);
        Range.require("maxConnections", maxConnections, 0, MAX_CONNECTIONS);
        Range.require("maxConnectionsPerSource", maxConnectionsPerSource, 0, MAX_CONNECTIONS);
    }

    public static TcpSettings defaults() {
        return new TcpSettings(
                DEFAULT_BACKLOG,
                true,
                false,
                Duration.ofMillis(DEFAULT_IDLE_TIMEOUT_MS),
                Duration.ofMillis(DEFAULT_WRITE_STALL_TIMEOUT_MS),
                DEFAULT_MAX_CONNECTIONS,
                0);
    }

    @Override
    public Protocol protocol() {
        return Protocol.TCP;
    }
}
