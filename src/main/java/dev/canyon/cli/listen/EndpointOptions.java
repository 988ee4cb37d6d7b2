package dev.canyon.cli.listen;

import dev.canyon.cli.shell.DurationText;
import dev.canyon.cli.shell.SocketUri;
import dev.canyon.cli.shell.Usage;
import dev.canyon.definition.DefinitionFields;
import dev.canyon.definition.DefinitionFields.Entry;
import dev.canyon.definition.DefinitionTree;
import dev.canyon.definition.ListenerDefinition;
import dev.canyon.engine.endpoint.EndpointSpec;
import dev.canyon.engine.reply.ReplySettings;
import dev.canyon.engine.setting.AddressRanges;
import dev.canyon.engine.setting.Field;
import dev.canyon.engine.setting.Flag;
import dev.canyon.engine.setting.OneOf;
import dev.canyon.engine.setting.SettingsRecord;
import dev.canyon.engine.setting.Unit;
import dev.canyon.engine.setting.ValueType;
import dev.canyon.engine.setting.WholeNumber;
import dev.canyon.engine.tls.TlsContexts;
import dev.canyon.net.Protocol;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IModelTransformer;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * The options that configure endpoints: one for each field of {@link DefinitionFields} that describes an endpoint, with
 * the same text, range and default. {@code tcp.idleTimeoutMs} is {@code --idle-timeout TIME}.
 */
final class EndpointOptions implements IModelTransformer {

    private static final String FAULTS = "faults";
    private static final String TLS = "tls.";

    /** The command line has no SSL bundles. */
    private static final Set<String> WITHOUT_OPTION = Set.of(TLS + "bundle", TLS + "sni");

    private static final String ALLOWED_SOURCES = "allowedSources";

    private static final List<Entry> FIELDS = DefinitionFields.all().stream()
            .filter(EndpointOptions::describesEndpoint)
            .flatMap(EndpointOptions::values)
            .toList();

    private static boolean describesEndpoint(Entry entry) {
        return (entry.protocol() != null && !WITHOUT_OPTION.contains(entry.path()))
                || SettingsRecord.of(EndpointSpec.class).fieldSet().fields().contains(entry.field())
                || SettingsRecord.of(ReplySettings.class).fieldSet().fields().contains(entry.field());
    }

    /** An option for each field of an object. */
    private static Stream<Entry> values(Entry entry) {
        List<Field> inner = entry.field().type().innerFields();
        return inner.isEmpty()
                ? Stream.of(entry)
                : inner.stream()
                        .map(field -> new Entry(
                                entry.path() + "." + field.name(), entry.protocol(), within(entry.field(), field)));
    }

    /** The field that selects the kind of an object is described like the object. */
    private static Field within(Field object, Field inner) {
        boolean selects = object.type() instanceof OneOf kinds && inner.name().equals(kinds.discriminator());
        Map<?, ?> defaults = selects ? (Map<?, ?>) Objects.requireNonNull(object.plainDefault()) : Map.of();
        return selects
                ? new Field(
                        inner.name(),
                        inner.type(),
                        defaults.get(inner.name()),
                        false,
                        object.title(),
                        object.text() + " " + inner.text(),
                        false,
                        "")
                : inner;
    }

    /** Adds the options to the command. */
    @Override
    public CommandSpec transform(CommandSpec command) {
        for (Entry entry : FIELDS) {
            OptionSpec.Builder option = OptionSpec.builder(nameOf(entry))
                    .paramLabel(labelOf(entry.field().type()))
                    .description(description(entry));
            command.addOption(
                    (isList(entry) ? option.type(List.class).auxiliaryTypes(String.class) : option.type(String.class))
                            .build());
        }
        return command;
    }

    private static boolean isList(Entry entry) {
        return entry.field().type() instanceof AddressRanges;
    }

    private static String nameOf(Entry entry) {
        String name =
                nameWithoutProtocol(entry).replaceFirst("\\.(mode|type)$", "").replace('.', '-');
        if (name.equals(ALLOWED_SOURCES)) {
            // Given once for each range.
            return "--allow-source";
        }
        return "--" + name.replaceFirst("Ms$", "").replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }

    private static boolean isOfProtocol(Entry entry) {
        return entry.protocol() != null && entry.path().startsWith(entry.protocol() + ".");
    }

    private static String nameWithoutProtocol(Entry entry) {
        return isOfProtocol(entry) ? entry.field().name() : entry.path();
    }

    private static String labelOf(ValueType type) {
        if (type instanceof WholeNumber number) {
            return switch (number.unit()) {
                case MILLISECONDS -> "TIME";
                case BYTES -> "BYTES";
                case NONE -> "N";
            };
        }
        return type instanceof Flag ? "true|false" : type instanceof AddressRanges ? "CIDR" : "TEXT";
    }

    private static String description(Entry entry) {
        String protocol = entry.protocol() == null ? "" : entry.protocol().name() + ": ";
        String text = protocol + entry.field().text().replace("%", "%%");
        if (entry.field().plainDefault() == null) {
            return text;
        }
        return isList(entry)
                ? text + " Can be repeated."
                : text + " Default: " + show(entry.field().type(), entry.field().plainDefault());
    }

    private static String show(ValueType type, @Nullable Object plain) {
        if (plain instanceof List<?> list) {
            return list.isEmpty() ? "none" : list.stream().map(String::valueOf).collect(Collectors.joining(","));
        }
        return isTime(type) && plain instanceof Number millis
                ? DurationText.of(Duration.ofMillis(millis.longValue()))
                : String.valueOf(plain);
    }

    private static boolean isTime(ValueType type) {
        return type instanceof WholeNumber number && number.unit() == Unit.MILLISECONDS;
    }

    /**
     * The definitions for the URIs, all with the same options. Invalid options are rejected.
     *
     * @param faults as plain values
     */
    static List<ListenerDefinition> definitions(
            List<SocketUri> uris, List<Map<String, Object>> faults, CommandSpec command) {
        Usage usage = new Usage(command.commandLine());
        Map<Entry, Object> given = given(command, usage);
        for (Protocol protocol : Protocol.values()) {
            boolean used = uris.stream().anyMatch(uri -> uri.protocol() == protocol);
            given.keySet().stream()
                    .filter(entry -> entry.protocol() == protocol)
                    .forEach(entry -> usage.require(
                            used, nameOf(entry), "applies only to " + protocol + " endpoints, and none is specified"));
        }
        given.keySet().stream()
                .filter(entry -> entry.path().startsWith(TLS))
                .forEach(entry -> usage.require(
                        uris.stream().anyMatch(SocketUri::isTls),
                        nameOf(entry),
                        "applies only to endpoints of the form tls://HOST:PORT, and none is specified"));
        return uris.stream().map(uri -> definition(uri, given, faults, usage)).toList();
    }

    private static Map<Entry, Object> given(CommandSpec command, Usage usage) {
        Map<Entry, Object> given = new LinkedHashMap<>();
        for (Entry entry : FIELDS) {
            Object value = command.findOption(nameOf(entry)).getValue();
            if (value instanceof String text) {
                given.put(
                        entry,
                        isTime(entry.field().type())
                                ? usage.parse(
                                        nameOf(entry),
                                        text,
                                        time -> DurationText.parse(time).toMillis())
                                : entry.field().type().fromText(text));
            } else if (value != null) {
                given.put(entry, value);
            }
        }
        return given;
    }

    private static ListenerDefinition definition(
            SocketUri uri, Map<Entry, Object> given, List<Map<String, Object>> faults, Usage usage) {
        Map<String, Object> tree = new LinkedHashMap<>();
        Map<String, Object> settings = new LinkedHashMap<>();
        given.forEach((entry, value) -> {
            if (isOfProtocol(entry)) {
                if (entry.protocol() == uri.protocol()) {
                    settings.put(entry.field().name(), value);
                }
            } else if (entry.path().startsWith(TLS) ? uri.isTls() : isFor(entry, uri.protocol())) {
                put(tree, entry.path(), value);
            }
        });
        if (uri.isTls()) {
            // Any name will do: all endpoints have the same certificate.
            put(tree, TLS + "bundle", TlsContexts.SELF_SIGNED);
        }
        tree.put(uri.protocol().toString(), settings);
        tree.put("name", "listen");
        tree.put(FAULTS, faults);
        tree.put("protocol", uri.protocol().toString());
        tree.put("port", uri.port());
        ListenerDefinition definition =
                DefinitionTree.read(tree, uri.host(), (path, message) -> usage.require(false, optionOf(path), message));
        if (definition == null) {
            throw new IllegalStateException("the first error ends the command");
        }
        return definition;
    }

    private static boolean isFor(Entry entry, Protocol protocol) {
        return entry.protocol() == null || entry.protocol() == protocol;
    }

    private static void put(Map<String, Object> tree, String path, Object value) {
        int dot = path.indexOf('.');
        if (dot < 0) {
            tree.put(path, value);
            return;
        }
        @SuppressWarnings("unchecked") // made here
        Map<String, Object> object = (Map<String, Object>)
                tree.computeIfAbsent(path.substring(0, dot), none -> new LinkedHashMap<String, Object>());
        object.put(path.substring(dot + 1), value);
    }

    private static String optionOf(String path) {
        if (path.startsWith(FAULTS)) {
            return "--fault " + path.substring(path.indexOf('.') + 1);
        }
        return FIELDS.stream()
                .filter(entry -> path.equals(entry.path()) || path.startsWith(entry.path() + "["))
                .map(EndpointOptions::nameOf)
                .findFirst()
                .orElse(path);
    }
}
