package dev.canyon.listener.management;

import dev.canyon.definition.DefinitionFields;
import dev.canyon.definition.DefinitionTree;
import dev.canyon.definition.ListenerDefinition;
import dev.canyon.engine.endpoint.BoundEndpoint;
import dev.canyon.engine.fault.type.FaultTypes;
import dev.canyon.engine.identity.ProxyProtocolSettings;
import dev.canyon.engine.setting.SettingsRecord;
import dev.canyon.engine.tls.TlsSettings;
import dev.canyon.engine.traffic.EndpointCounters;
import dev.canyon.listener.Listeners;
import dev.canyon.listener.directory.ListenerDirectory;
import dev.canyon.listener.directory.ListenerNotFoundException;
import dev.canyon.listener.directory.ListenerSnapshot;
import dev.canyon.listener.directory.ListenerState.Failed;
import dev.canyon.listener.directory.ListenerState.Running;
import dev.canyon.listener.management.ManagementObserver.Operation;
import dev.canyon.net.Cidr;
import dev.canyon.net.IpText;
import java.net.Inet6Address;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A listener as the bean {@code listener:<name>} of the Spring context and as a managed bean of JMX. */
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

    /** Blocks until the operation has completed, which may take as long as the connections drain. */
    private void manage(Operation operation, Function<String, CompletableFuture<ListenerSnapshot>> call) {
        try {
            call.apply(name).join();
        } catch (CompletionException failed) {
            RuntimeException ex = failed.getCause() instanceof RuntimeException cause ? cause : failed;
            observer.operated(name, operation, ex);
            throw forJmx(ex);
        }
        observer.operated(name, operation, null);
    }

    /** A remote JMX client lacks the classes of Canyon, so it receives an exception of the JDK with the same message. */
    private static IllegalStateException forJmx(RuntimeException ex) {
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
    public Map<String, String> getReply() {
        Map<String, String> reply = new LinkedHashMap<>();
        ((Map<?, ?>) Objects.requireNonNull(DefinitionTree.write(definition()).get("reply")))
                .forEach((name, value) -> reply.put(String.valueOf(name), String.valueOf(value)));
        return reply;
    }

    @Override
    public long getDrainTimeoutMs() {
        return definition().drainTimeout().toMillis();
    }

    @Override
    public Map<String, String> getSettings() {
        Map<String, String> settings = new LinkedHashMap<>();
        definition().endpoint().settings().values().forEach((name, value) -> settings.put(name, String.valueOf(value)));
        Map<String, Object> tree = DefinitionTree.write(definition());
        for (DefinitionFields.Entry entry : DefinitionFields.all()) {
            Object value = tree.get(entry.path());
            if (entry.protocol() != null && value != null) {
                settings.put(entry.path(), String.valueOf(value));
            }
        }
        TlsSettings tls = definition().endpoint().tls();
        if (tls != null) {
            SettingsRecord.valuesOf(tls).forEach((name, value) -> settings.put("tls." + name, String.valueOf(value)));
        }
        ProxyProtocolSettings proxies = definition().endpoint().proxyProtocol();
        if (proxies != null) {
            SettingsRecord.valuesOf(proxies)
                    .forEach((name, value) -> settings.put("proxyProtocol." + name, String.valueOf(value)));
        }
        return settings;
    }

    @Override
    public String getOrigin() {
        return jmxSnapshot().origin().toString();
    }

    @Override
    public String getState() {
        return jmxSnapshot().state().word();
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
        return jmxSnapshot().state() instanceof Failed failed ? text(failed.nextRetryAt()) : null;
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
        return jmxSnapshot().state() instanceof Running running
                ? running.since().toString()
                : null;
    }

    @Override
    public @Nullable String getFailure() {
        return jmxSnapshot().state() instanceof Failed failed ? failed.reason() + ": " + failed.detail() : null;
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
        return byName(counters().dropped());
    }

    @Override
    public Map<String, Long> getClosed() {
        return byName(counters().connections().closed());
    }

    @Override
    public Map<String, String> getFaults() {
        try {
            return FaultTypes.byId(directory.faults(name).all());
        } catch (ListenerNotFoundException ex) {
            throw forJmx(ex);
        }
    }

    private static Map<String, Long> byName(Map<? extends Enum<?>, Long> counts) {
        Map<String, Long> byName = new LinkedHashMap<>();
        counts.forEach((reason, count) -> byName.put(reason.toString(), count));
        return byName;
    }

    /** As {@link #snapshot}, for JMX. */
    private ListenerSnapshot jmxSnapshot() {
        try {
            return snapshot();
        } catch (ListenerNotFoundException ex) {
            throw forJmx(ex);
        }
    }

    private ListenerDefinition definition() {
        return jmxSnapshot().definition();
    }

    private EndpointCounters.Reading counters() {
        return jmxSnapshot().counters();
    }

    private @Nullable BoundEndpoint endpoint() {
        return jmxSnapshot().state().endpoint();
    }
}
