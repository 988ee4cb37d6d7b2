package dev.canyon.engine.endpoint;

import dev.canyon.engine.kernel.KeepAlive;
import dev.canyon.engine.setting.Setting;
import dev.canyon.engine.setting.SettingsRecord;
import dev.canyon.net.Protocol;
import java.time.Duration;
import java.util.Map;

/**
 * Settings of a TCP endpoint.
 *
 * @param backlog listen(2)
 * @param noDelay TCP_NODELAY, tcp(7)
 * @param keepAlive SO_KEEPALIVE, socket(7)
 * @param keepAliveIdle TCP_KEEPIDLE, tcp(7); takes effect if {@code keepAlive} is true
 * @param keepAliveInterval TCP_KEEPINTVL, tcp(7)
 * @param keepAliveProbes TCP_KEEPCNT, tcp(7)
 */
public record TcpSettings(
        @Setting(
                title = "Backlog",
                text = "Maximum length of the queue of connections waiting to be accepted; the kernel caps it at"
                        + " net.core.somaxconn.",
                min = 1,
                max = 65_535,
                defaultsTo = "1024",
                changesSocket = true)
        int backlog,

        @Setting(
                title = "TCP_NODELAY",
                text = "Disables the Nagle algorithm, so that small replies are sent immediately.",
                defaultsTo = "true")
        boolean noDelay,

        @Setting(
                title = "SO_KEEPALIVE",
                text = "Enables TCP keep-alive probes on idle connections.",
                defaultsTo = "false")
        boolean keepAlive,

        @Setting(
                title = "TCP_KEEPIDLE",
                text = "Time without data before the first keep-alive probe, rounded up to whole seconds; 0 uses the"
                        + " system's default.",
                max = 32_767_000,
                defaultsTo = "0")
        Duration keepAliveIdle,

        @Setting(
                title = "TCP_KEEPINTVL",
                text = "Time between keep-alive probes, rounded up to whole seconds; 0 uses the system's default.",
                max = 32_767_000,
                defaultsTo = "0")
        Duration keepAliveInterval,

        @Setting(
                title = "TCP_KEEPCNT",
                text =
                        "Unanswered keep-alive probes after which the connection is closed; 0 uses the system's default.",
                max = 127,
                defaultsTo = "0")
        int keepAliveProbes,

        @Setting(
                title = "Idle timeout",
                text =
                        "Closes a connection that neither receives nor sends data for this long; 0 disables the timeout.",
                max = 86_400_000,
                defaultsTo = "300000")
        Duration idleTimeout,

        @Setting(
                title = "Write stall timeout",
                text = "Closes a connection whose peer reads none of its pending replies for this long; 0 disables the"
                        + " timeout.",
                max = 86_400_000,
                defaultsTo = "60000")
        Duration writeStallTimeout,

        @Setting(
                title = "Maximum connections",
                text = "Further connections are closed on accept; 0 means no limit.",
                max = 1_000_000,
                defaultsTo = "10000")
        int maxConnections,

        @Setting(
                title = "Maximum connections per source",
                text =
                        "Limit for each IPv4 address or IPv6 /64 network; further connections are closed on accept. 0 means"
                                + " no limit.",
                max = 1_000_000,
                defaultsTo = "0")
        int maxConnectionsPerSource)
        implements ProtocolSettings {

    private static final SettingsRecord<TcpSettings> FIELDS = SettingsRecord.of(TcpSettings.class);

    public TcpSettings {
        FIELDS.check(
                backlog,
                noDelay,
                keepAlive,
                keepAliveIdle,
                keepAliveInterval,
                keepAliveProbes,
                idleTimeout,
                writeStallTimeout,
                maxConnections,
                maxConnectionsPerSource);
    }

    public static TcpSettings defaults() {
        return with(Map.of());
    }

    /**
     * The defaults with some values replaced, by their names in the API: {@code Map.of("idleTimeoutMs", 1000)}.
     *
     * @throws IllegalArgumentException names the field that is unknown, has the wrong type or is out of range
     */
    public static TcpSettings with(Map<String, ?> values) {
        return FIELDS.with(values);
    }

    public KeepAlive keepAliveOptions() {
        return new KeepAlive(keepAlive, keepAliveIdle, keepAliveInterval, keepAliveProbes);
    }

    @Override
    public Protocol protocol() {
        return Protocol.TCP;
    }
}
