package dev.canyon.listener;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A listener as JMX shows it: {@code dev.canyon:type=Listener,name=<name>}. Times are RFC 3339 in UTC, durations are
 * milliseconds, counters grow until they are reset.
 */
public interface ListenerMXBean {

    String getName();

    String getProtocol();

    /** The address as it was asked for; see {@link #getBoundAddress()}. */
    String getHost();

    int getPort();

    boolean isEnabled();

    String getDescription();

    Map<String, String> getLabels();

    String[] getAllowedSources();

    int getBufferBytes();

    long getDrainTimeoutMs();

    /** The settings of the listener's protocol, by their names in the REST API. */
    Map<String, String> getSettings();

    String getOrigin();

    /** {@code stopped}, {@code starting}, {@code running}, {@code draining} or {@code failed}. */
    String getState();

    /** What is really bound while running or draining, else null. */
    @Nullable
    String getBoundAddress();

    /** The port that is really bound while running or draining, else -1. */
    int getBoundPort();

    /** {@code inet} or {@code inet6} while running or draining, else null. */
    @Nullable
    String getFamily();

    /** The backlog in effect while running or draining, after the kernel's cap; 0 for UDP, -1 while closed. */
    int getEffectiveBacklog();

    /** {@code epoll}, {@code io-uring} or {@code nio} while running or draining, else null. */
    @Nullable
    String getTransport();

    /** Since when it is running, else null. */
    @Nullable
    String getSince();

    /** Why it is failed, else null. */
    @Nullable
    String getFailure();

    /** When a failed listener is tried again, else null. */
    @Nullable
    String getNextRetryAt();

    /** When something last arrived; null if nothing has. */
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

    /** Datagrams not answered, by reason. */
    Map<String, Long> getDropped();

    /** TCP connections that have ended, by reason. */
    Map<String, Long> getClosed();

    /** Opens the port; does nothing if it is open. Fails with the reason if it cannot be opened. */
    void start();

    /** Drains and closes the port; does nothing if it is closed. */
    void stop();

    /** Stops it if it is running, and starts it. */
    void restart();
}
