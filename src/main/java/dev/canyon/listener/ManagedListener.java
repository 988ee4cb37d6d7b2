package dev.canyon.listener;

import dev.canyon.listener.ListenerState.Failed;
import dev.canyon.listener.ListenerState.Running;
import dev.canyon.listener.ManagementObserver.Operation;
import dev.canyon.transport.BoundEndpoint;
import dev.canyon.transport.Cidr;
import dev.canyon.transport.EndpointCounters;
import dev.canyon.transport.IpText;
import dev.canyon.transport.TcpSettings;
import dev.canyon.transport.UdpSettings;
import java.net.Inet6Address;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A listener's face: the bean {@code listener:<name>} of the Spring context and the managed bean of JMX. */
public final class ManagedListener implements ListenerMXBean {

    private final String name;
    private final Listeners listeners;
    private final ListenerDirectory directory;
    private final ManagementObserver observer;

    ManagedListener(String name, Listeners listeners, ListenerDirectory directory, ManagementObserver observer) {
        this.name = name;
        this.listeners = listeners;
        this.directory = directory;
        this.observer = observer;
    }

    /** @throws ListenerNotFoundException if it is being deleted */
    public ListenerSnapshot snapshot() {
        return directory.find(name).orElseThrow(() -> new ListenerNotFoundException(name));
    }

    @Override
    public void start() {
        manage(Operation.START, listeners::start);
    }

    @Override
    public void stop() {
        manage(Operation.STOP, listeners::stop);
    }

    @Override
    public void restart() {
        manage(Operation.RESTART, listeners::restart);
    }

    private void manage(Operation operation, Consumer<String> call) {
        try {
            call.accept(name);
        } catch (RuntimeException ex) {
            observer.operated(name, operation, ex);
            throw known(ex);
        }
        observer.operated(name, operation, null);
    }

    /** A remote JMX client does not know our exceptions, so it gets one of the JDK with their message. */
    private static IllegalStateException known(RuntimeException ex) {
        return new IllegalStateException(ex.getMessage());
    }

    @Override
    public String getName() {
        return name;
    }

    @Override
    public String getProtocol() {
        return definition().protocol().toString();
    }

    @Override
    public String getHost() {
        return definition().endpoint().address().host();
    }

    @Override
    public int getPort() {
        return definition().endpoint().address().port();
    }

    @Override
    public boolean isEnabled() {
        return definition().enabled();
    }

    @Override
    public String getDescription() {
        return definition().description();
    }

    @Override
    public Map<String, String> getLabels() {
        return definition().labels();
    }

    @Override
    public String[] getAllowedSources() {
        return definition().endpoint().allowedSources().stream()
                .map(Cidr::toString)
                .toArray(String[]::new);
    }

    @Override
    public int getBufferBytes() {
        return definition().endpoint().bufferBytes();
    }

    @Override
    public long getDrainTimeoutMs() {
        return definition().drainTimeout().toMillis();
    }

    @Override
    public Map<String, String> getSettings() {
        Map<String, String> settings = new LinkedHashMap<>();
        if (definition().endpoint().settings() instanceof TcpSettings tcp) {
            settings.put("backlog", String.valueOf(tcp.backlog()));
            settings.put("noDelay", String.valueOf(tcp.noDelay()));
            settings.put("keepAlive", String.valueOf(tcp.keepAlive()));
            settings.put("idleTimeoutMs", String.valueOf(tcp.idleTimeout().toMillis()));
            settings.put(
                    "writeStallTimeoutMs",
                    String.valueOf(tcp.writeStallTimeout().toMillis()));
            settings.put("maxConnections", String.valueOf(tcp.maxConnections()));
            settings.put("maxConnectionsPerSource", String.valueOf(tcp.maxConnectionsPerSource()));
        } else if (definition().endpoint().settings() instanceof UdpSettings udp) {
            settings.put("replyToEmpty", String.valueOf(udp.replyToEmpty()));
            settings.put("replyToReservedPorts", String.valueOf(udp.replyToReservedPorts()));
            settings.put("maxDatagramsPerSecondPerSource", String.valueOf(udp.maxDatagramsPerSecondPerSource()));
        }
        return settings;
    }

    @Override
    public String getOrigin() {
        return seen().origin().toString();
    }

    @Override
    public String getState() {
        return seen().state().word();
    }

    @Override
    public @Nullable String getBoundAddress() {
        BoundEndpoint endpoint = endpoint();
        return endpoint == null ? null : IpText.of(endpoint.address().getAddress());
    }

    @Override
    public int getBoundPort() {
        BoundEndpoint endpoint = endpoint();
        return endpoint == null ? -1 : endpoint.address().getPort();
    }

    @Override
    public @Nullable String getFamily() {
        BoundEndpoint endpoint = endpoint();
        if (endpoint == null) {
            return null;
        }
        return endpoint.address().getAddress() instanceof Inet6Address ? "inet6" : "inet";
    }

    @Override
    public int getEffectiveBacklog() {
        BoundEndpoint endpoint = endpoint();
        return endpoint == null ? -1 : endpoint.backlog();
    }

    @Override
    public @Nullable String getTransport() {
        BoundEndpoint endpoint = endpoint();
        return endpoint == null ? null : endpoint.transport().toString();
    }

    @Override
    public @Nullable String getNextRetryAt() {
        return seen().state() instanceof Failed failed ? text(failed.nextRetryAt()) : null;
    }

    @Override
    public @Nullable String getLastActivityAt() {
        return text(counters().lastActivity());
    }

    private static @Nullable String text(@Nullable Instant time) {
        return time == null ? null : time.toString();
    }

    @Override
    public @Nullable String getSince() {
        return seen().state() instanceof Running running ? running.since().toString() : null;
    }

    @Override
    public @Nullable String getFailure() {
        return seen().state() instanceof Failed failed ? failed.reason() + ": " + failed.detail() : null;
    }

    @Override
    public int getActiveConnections() {
        return counters().connections().active();
    }

    @Override
    public long getTotalConnections() {
        return counters().connections().total();
    }

    @Override
    public long getRejectedConnections() {
        return counters().connections().allRejected();
    }

    @Override
    public int getPeakConnections() {
        return counters().connections().peak();
    }

    @Override
    public long getReceivedBytes() {
        return counters().receivedBytes();
    }

    @Override
    public long getSentBytes() {
        return counters().sentBytes();
    }

    @Override
    public long getReceivedMessages() {
        return counters().receivedMessages();
    }

    @Override
    public long getSentMessages() {
        return counters().sentMessages();
    }

    @Override
    public Map<String, Long> getDropped() {
        return words(counters().dropped());
    }

    @Override
    public Map<String, Long> getClosed() {
        return words(counters().connections().closed());
    }

    private static Map<String, Long> words(Map<? extends Enum<?>, Long> counts) {
        Map<String, Long> byWord = new LinkedHashMap<>();
        counts.forEach((reason, count) -> byWord.put(reason.toString(), count));
        return byWord;
    }

    /** As {@link #snapshot}, for JMX. */
    private ListenerSnapshot seen() {
        try {
            return snapshot();
        } catch (ListenerNotFoundException ex) {
            throw known(ex);
        }
    }

    private ListenerDefinition definition() {
        return seen().definition();
    }

    private EndpointCounters.Reading counters() {
        return seen().counters();
    }

    private @Nullable BoundEndpoint endpoint() {
        return seen().state().endpoint();
    }
}
