package dev.canyon.definition;

import dev.canyon.engine.endpoint.EndpointSpec;
import dev.canyon.engine.endpoint.ProtocolSettings;
import dev.canyon.engine.endpoint.TcpSettings;
import dev.canyon.engine.endpoint.UdpSettings;
import dev.canyon.engine.fault.Fault;
import dev.canyon.engine.fault.type.FaultTree;
import dev.canyon.engine.identity.ProxyProtocolSettings;
import dev.canyon.engine.reply.Framing;
import dev.canyon.engine.reply.ReplySettings;
import dev.canyon.engine.setting.FaultFlag;
import dev.canyon.engine.setting.FaultReport;
import dev.canyon.engine.setting.Field;
import dev.canyon.engine.setting.SettingsRecord;
import dev.canyon.engine.tls.TlsSettings;
import dev.canyon.net.Cidr;
import dev.canyon.net.ListenAddress;
import dev.canyon.net.Loopback;
import dev.canyon.net.Protocol;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A definition as a tree of plain values, with the names of the API: the common form of JSON, YAML, the store and
 * {@code application.yml}. The fields are those of {@link DefinitionFields}.
 */
public final class DefinitionTree {

    private static final String FAULTS = "faults";

    private DefinitionTree() {}

    /**
     * Reads a definition strictly and reports all errors.
     *
     * @param defaultHost the host where the tree has none
     * @return null if an error was reported
     */
    public static @Nullable ListenerDefinition read(Map<?, ?> tree, String defaultHost, FaultReport report) {
        FaultFlag flag = new FaultFlag(new FirstPerField(report));
        Values values = new Values(DefinitionFields.TOP.read(tree, "", flag));
        refuseOtherProtocol(tree, values.byName.get("protocol"), flag);
        if (values.byName.containsKey("protocol")) {
            // With what is valid, so that one answer names the errors of all fields.
            replies(values).check(protocol(values), flag);
            checkFaults(tree, values, defaultHost, flag);
        }
        return flag.isRaised() ? null : definition(values, endpoint(values, defaultHost));
    }

    private static void checkFaults(Map<?, ?> tree, Values values, String defaultHost, FaultReport report) {
        FaultSite site = site(tree, values, defaultHost);
        List<? extends @Nullable Object> faults = faults(tree, values);
        for (int i = 0; i < faults.size(); i++) {
            if (faults.get(i) instanceof Fault fault) {
                DefinedFaults.check(fault, site, "faults[" + i + "].", report);
            }
        }
    }

    /** Where a value is invalid, any fault fits. */
    private static FaultSite site(Map<?, ?> tree, Values values, String defaultHost) {
        String host = tree.get("host") == null ? defaultHost : values.getOr("host", Loopback.IPV4.getHostAddress());
        return new FaultSite(
                protocol(values),
                new ListenAddress(host, values.getOr("port", ListenAddress.MAX_PORT)),
                tree.get(DefinitionFields.TLS) != null,
                !(values.byName.get("framing") instanceof Framing.None),
                !List.of().equals(values.byName.get("allowedSources")));
    }

    /** The faults in their places; null where one is invalid. */
    private static List<? extends @Nullable Object> faults(Map<?, ?> tree, Values values) {
        if (values.byName.get(FAULTS) instanceof List<?> valid) {
            return valid;
        }
        return tree.get(FAULTS) instanceof List<?> list
                ? list.stream().map(DefinitionTree::faultOrNull).toList()
                : List.of();
    }

    private static @Nullable Object faultOrNull(@Nullable Object plain) {
        return plain instanceof Map<?, ?> map
                ? FaultTree.DEFINED.read(map, "", new HashSet<>(), (field, message) -> {})
                : null;
    }

    /** Reports the names that do not exist, whatever their values. */
    public static void checkNames(Map<?, ?> tree, FaultReport faults) {
        DefinitionFields.TOP.checkNames(tree, "", faults);
    }

    private static void refuseOtherProtocol(Map<?, ?> tree, @Nullable Object chosen, FaultReport faults) {
        for (Field field : DefinitionFields.top()) {
            Protocol only = DefinitionFields.onlyFor(field.name());
            if (chosen != null && only != null && !only.toString().equals(chosen) && tree.get(field.name()) != null) {
                faults.add(field.name(), "is not for a " + chosen + " listener; remove it or use protocol " + only);
            }
        }
    }

    private static Protocol protocol(Values values) {
        return values.get("protocol").equals("udp") ? Protocol.UDP : Protocol.TCP;
    }

    /** What is invalid has its default, which fits everything else. */
    private static ReplySettings replies(Values values) {
        SettingsRecord<ReplySettings> replies = SettingsRecord.of(ReplySettings.class);
        Map<String, Object> known = new HashMap<>(values.byName);
        for (Field field : replies.fieldSet().fields()) {
            if (field.defaultValue() != null) {
                known.putIfAbsent(field.name(), field.defaultValue());
            }
        }
        return replies.create(known);
    }

    @SuppressWarnings("unchecked") // the types that the fields have
    private static EndpointSpec endpoint(Values values, String defaultHost) {
        return new EndpointSpec(
                new ListenAddress(values.getOr("host", defaultHost), (int) values.get("port")),
                (int) values.get("bufferBytes"),
                (List<Cidr>) values.get("allowedSources"),
                settings(values),
                replies(values),
                (TlsSettings) values.byName.get(DefinitionFields.TLS),
                (ProxyProtocolSettings) values.byName.get(DefinitionFields.PROXY_PROTOCOL));
    }

    @SuppressWarnings("unchecked") // the types that the fields have
    private static ListenerDefinition definition(Values values, EndpointSpec endpoint) {
        return new ListenerDefinition(
                (String) values.get("name"),
                endpoint,
                (boolean) values.get("enabled"),
                (String) values.get("description"),
                (Map<String, String>) values.get("labels"),
                (Duration) values.get("drainTimeoutMs"),
                (List<Fault>) values.get(FAULTS));
    }

    private static ProtocolSettings settings(Values values) {
        return values.get("protocol").equals("udp")
                ? values.getOr("udp", UdpSettings.defaults())
                : values.getOr("tcp", TcpSettings.defaults());
    }

    /** All fields in their order, defaults included, without the settings of the other protocol. */
    public static Map<String, Object> write(ListenerDefinition definition) {
        EndpointSpec endpoint = definition.endpoint();
        Map<String, Object> values = new HashMap<>(SettingsRecord.valuesOf(definition));
        values.putAll(SettingsRecord.valuesOf(endpoint));
        values.putAll(SettingsRecord.valuesOf(endpoint.replies()));
        values.put(FAULTS, FaultTree.listType().write(definition.faults()));
        values.put("protocol", definition.protocol().toString());
        values.put("host", endpoint.address().host());
        values.put("port", endpoint.address().port());
        values.put(definition.protocol().toString(), endpoint.settings().values());
        if (endpoint.tls() != null) {
            values.put(DefinitionFields.TLS, SettingsRecord.valuesOf(endpoint.tls()));
        }
        if (endpoint.proxyProtocol() != null) {
            values.put(DefinitionFields.PROXY_PROTOCOL, SettingsRecord.valuesOf(endpoint.proxyProtocol()));
        }
        Map<String, Object> tree = new LinkedHashMap<>();
        for (Field field : DefinitionFields.top()) {
            Object value = values.get(field.name());
            Protocol only = DefinitionFields.onlyFor(field.name());
            if (value != null && (only == null || only == definition.protocol())) {
                tree.put(field.name(), value);
            }
        }
        return tree;
    }

    /** Values of record components by field name, of the types that {@link DefinitionFields} gives them. */
    private record Values(Map<String, Object> byName) {

        Object get(String name) {
            return Objects.requireNonNull(byName.get(name), name);
        }

        @SuppressWarnings("unchecked") // the caller passes a value of the field's type
        <T> T getOr(String name, T otherwise) {
            return (T) byName.getOrDefault(name, otherwise);
        }
    }
}
