package dev.canyon.definition;

import dev.canyon.engine.endpoint.EndpointSpec;
import dev.canyon.engine.endpoint.TcpSettings;
import dev.canyon.engine.endpoint.UdpSettings;
import dev.canyon.engine.fault.type.FaultTree;
import dev.canyon.engine.identity.ProxyProtocolSettings;
import dev.canyon.engine.reply.ReplySettings;
import dev.canyon.engine.setting.Block;
import dev.canyon.engine.setting.Field;
import dev.canyon.engine.setting.FieldSet;
import dev.canyon.engine.setting.SettingsRecord;
import dev.canyon.engine.setting.Text;
import dev.canyon.engine.setting.Unit;
import dev.canyon.engine.setting.ValueType;
import dev.canyon.engine.setting.WholeNumber;
import dev.canyon.engine.tls.TlsSettings;
import dev.canyon.net.ListenAddress;
import dev.canyon.net.Protocol;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a definition, in the order in which they are shown. They are described where their values live: on the
 * components of {@link ListenerDefinition}, {@link EndpointSpec}, {@link TcpSettings} and {@link UdpSettings}. Only what
 * identifies the endpoint is described here.
 */
public final class DefinitionFields {

    static final String TLS = "tls";
    static final String PROXY_PROTOCOL = "proxyProtocol";

    private static final FieldSet DEFINITION =
            SettingsRecord.of(ListenerDefinition.class).fieldSet();
    private static final FieldSet ENDPOINT =
            SettingsRecord.of(EndpointSpec.class).fieldSet();

    private static final FieldSet REPLIES =
            SettingsRecord.of(ReplySettings.class).fieldSet();

    /** Fields of the object itself that only one protocol has. */
    private static final Map<String, Protocol> ONLY_FOR =
            Map.of(TLS, Protocol.TCP, PROXY_PROTOCOL, Protocol.TCP, "banner", Protocol.TCP, "framing", Protocol.TCP);

    private static final Field PROTOCOL = new Field(
            "protocol",
            Text.oneOf(Arrays.stream(Protocol.values()).map(Protocol::toString).toList()),
            null,
            true,
            "Protocol",
            "Transport protocol. PATCH cannot change it.",
            false,
            "tcp");

    private static final Field HOST = new Field(
            "host",
            Text.matching(1, ListenAddress.MAX_HOST_LENGTH, ListenAddress.HOST_PATTERN, "an address or a host name"),
            null,
            false,
            "Address",
            "Local address or host name to bind. 0.0.0.0 binds all IPv4 addresses, :: all IPv6 addresses. Defaults to"
                    + " canyon.default-host.",
            true,
            "127.0.0.1");

    private static final Field PORT = new Field(
            "port",
            new WholeNumber(0, ListenAddress.MAX_PORT, Unit.NONE, int.class),
            null,
            true,
            "Port",
            "Local port to bind; 0 lets the system choose a free port, shown as status.port.",
            true,
            "7010");

    private static final Field FAULTS = new Field(
            "faults",
            FaultTree.listType(),
            List.of(),
            false,
            "Faults",
            "What the listener does wrong on purpose, in the order of its effect.",
            false,
            "");

    static final FieldSet TOP = new FieldSet(List.of(
            DEFINITION.get("name"),
            PROTOCOL,
            HOST,
            PORT,
            DEFINITION.get("enabled"),
            DEFINITION.get("description"),
            DEFINITION.get("labels"),
            ENDPOINT.get("allowedSources"),
            ENDPOINT.get("bufferBytes"),
            block("tcp", TcpSettings.class, "TCP", "Settings of a TCP listener."),
            block("udp", UdpSettings.class, "UDP", "Settings of a UDP listener."),
            block(TLS, TlsSettings.class, "TLS", "TLS of a TCP listener; null for plain connections."),
            block(
                    PROXY_PROTOCOL,
                    ProxyProtocolSettings.class,
                    "PROXY protocol",
                    "Header in which a proxy names the client of a TCP connection; null expects none."),
            REPLIES.get("reply"),
            REPLIES.get("banner"),
            REPLIES.get("framing"),
            DEFINITION.get("drainTimeoutMs"),
            FAULTS));

    private static final List<Entry> ALL = flatten(TOP, "", null);

    private DefinitionFields() {}

    /**
     * A field and its place.
     *
     * @param path for example {@code tcp.backlog}
     * @param protocol the only protocol that has the field; null if all have it
     */
    public record Entry(String path, @Nullable Protocol protocol, Field field) {}

    /** The fields of the object itself; the settings of a protocol are one field of type {@link Block}. */
    public static List<Field> top() {
        return TOP.fields();
    }

    /** All fields that have a value, those within the settings of a protocol included. Other objects are one field. */
    public static List<Entry> all() {
        return ALL;
    }

    private static Field block(String name, Class<? extends Record> settings, String title, String text) {
        return new Field(name, new Block(SettingsRecord.of(settings)), null, false, title, text, false, "");
    }

    private static List<Entry> flatten(FieldSet fields, String prefix, @Nullable Protocol protocol) {
        List<Entry> entries = new ArrayList<>();
        for (Field field : fields.fields()) {
            ValueType type = field.type();
            String path = prefix + field.name();
            if (type instanceof Block block && isGroup(field.name())) {
                entries.addAll(flatten(block.settings().fieldSet(), path + ".", onlyFor(field.name())));
            } else {
                entries.add(new Entry(path, prefix.isEmpty() ? onlyFor(field.name()) : protocol, field));
            }
        }
        return List.copyOf(entries);
    }

    /**
     * The only protocol whose definitions have a field.
     *
     * @param name of a field of the object itself
     * @return null if all have it
     */
    public static @Nullable Protocol onlyFor(String name) {
        return isProtocol(name)
                ? Arrays.stream(Protocol.values())
                        .filter(protocol -> protocol.toString().equals(name))
                        .findFirst()
                        .orElse(null)
                : ONLY_FOR.get(name);
    }

    /** Whether the fields of an object are fields of the definition, and not one value. */
    private static boolean isGroup(String name) {
        return name.equals(TLS) || name.equals(PROXY_PROTOCOL) || isProtocol(name);
    }

    private static boolean isProtocol(String name) {
        return Arrays.stream(Protocol.values())
                .anyMatch(protocol -> protocol.toString().equals(name));
    }
}
