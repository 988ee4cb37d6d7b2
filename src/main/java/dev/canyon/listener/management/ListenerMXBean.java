package dev.canyon.listener.management;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A listener in JMX: {@code dev.canyon:type=Listener,name=<name>}. Times are RFC 3339 in UTC, durations are
 * milliseconds, counters increase until they are reset.
 */
public interface ListenerMXBean {

    String getName();

    String getProtocol();

    /** The configured address or host name; see {@link #getBoundAddress()}. */
    String getHost();

    int getPort();

    boolean isEnabled();

    String getDescription();

    Map<String, String> getLabels();

    String[] getAllowedSources();

    int getBufferBytes();

    /** What the listener answers: the mode and its fields, by their names in the REST API. */
    Map<String, String> getReply();

    long getDrainTimeoutMs();

    /** The settings of the listener's protocol, by their names in the REST API; those of TLS and the PROXY protocol begin with {@code tls.} and {@code proxyProtocol.}. */
    Map<String, String> getSettings();

    String getOrigin();

    /** {@code stopped}, {@code starting}, {@code running}, {@code draining} or {@code failed}. */
    String getState();

    /** The bound address while running or draining, else null. */
    @Nullable
    String getBoundAddress();

    /** The bound port while running or draining, else -1. */
    int getBoundPort();

    /** {@code inet} or {@code inet6} while running or draining, else null. */
    @Nullable
    String getFamily();

    /** The backlog in effect while running or draining, after the kernel's cap; 0 for UDP, -1 while closed. */
    int getEffectiveBacklog();

    /** {@code epoll}, {@code io-uring} or {@code nio} while running or draining, else null. */
    @Nullable
    String getTransport();

    /** The time of the start while running, else null. */
    @Nullable
    String getSince();

    /** The reason while failed, else null. */
    @Nullable
    String getFailure();

    /** The time of the next retry while failed, else null. */
    @Nullable
    String getNextRetryAt();

    /** The time at which data last arrived; null if none has. */
    @Nullable
    String getLastActivityAt();

    int getActiveConnections();

    long getTotalConnections();

    long getRejectedConnections();

    int getPeakConnections();

    long getReceivedBytes();

    long getSentBytes();

    long getReceivedMessages();

    long getSentMessages();

    /** Dropped datagrams by reason. */
    Map<String, Long> getDropped();

    /** Closed TCP connections by reason. */
    Map<String, Long> getClosed();

    /** The types of the faults in force, by their ids, in the order of their effect. */
    Map<String, String> getFaults();

    /** Opens the port; no effect if it is open. Throws an exception with the reason if it cannot be opened. */
    void start();

    /** Drains and closes the port; no effect if it is closed. */
    void stop();

    /** Stops it if it is running, and starts it. */
    void restart();
}
