package dev.canyon.api.listener;

import static org.assertj.core.api.Assertions.assertThat;

import dev.canyon.api.ApiTest;
import dev.canyon.definition.DefinitionFields;
import dev.canyon.definition.DefinitionFields.Entry;
import dev.canyon.definition.DefinitionTree;
import dev.canyon.definition.ListenerDefinition;
import dev.canyon.definition.VersionedDefinition;
import dev.canyon.engine.setting.AddressRanges;
import dev.canyon.engine.setting.Block;
import dev.canyon.engine.setting.Choice;
import dev.canyon.engine.setting.FaultReport;
import dev.canyon.engine.setting.Field;
import dev.canyon.engine.setting.Flag;
import dev.canyon.engine.setting.ObjectList;
import dev.canyon.engine.setting.OneOf;
import dev.canyon.engine.setting.Text;
import dev.canyon.engine.setting.TextList;
import dev.canyon.engine.setting.TextMap;
import dev.canyon.engine.setting.WholeNumber;
import dev.canyon.listener.Properties;
import dev.canyon.net.Protocol;
import dev.canyon.settings.DeclaredListeners;
import dev.canyon.store.row.ListenerRow;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.openmbean.TabularData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** Every field of {@link DefinitionFields} is on every surface, with the same name, value, default and range. */
class EveryFieldTest extends ApiTest {

    private static final String NAME = "every-field";
    private static final JsonMapper JSON = JsonMapper.shared();

    /** A definition in which every field differs from its default; it stays closed. */
    private static Map<String, Object> tree(String protocol) {
        Map<String, Object> tree = new LinkedHashMap<>();
        for (Entry entry : entries(protocol)) {
            Object value = switch (entry.path()) {
                case "name" -> NAME;
                case "protocol" -> protocol;
                case "host" -> "127.0.0.5";
                default -> otherThanDefault(entry.field());
            };
            assertThat(value).as(entry.path()).isNotEqualTo(entry.field().plainDefault());
            put(tree, entry.path(), value);
        }
        return tree;
    }

    private static List<Entry> entries(String protocol) {
        return DefinitionFields.all().stream()
                .filter(entry ->
                        entry.protocol() == null || entry.protocol().toString().equals(protocol))
                .toList();
    }

    private static Object otherThanDefault(Field field) {
        if (field.type() instanceof WholeNumber number) {
            return (int) number.min() + 7;
        }
        if (field.type() instanceof Flag) {
            return !(boolean) Objects.requireNonNull(field.plainDefault());
        }
        if (field.type() instanceof Choice choice) {
            return choice.words().get(choice.words().size() - 1);
        }
        if (field.type() instanceof TextList) {
            return List.of(field.name().equals("protocols") ? "TLSv1.2" : "echo");
        }
        if (field.name().equals("bundle")) {
            return "edge";
        }
        if (field.type() instanceof Text) {
            return "text for " + field.name();
        }
        if (field.type() instanceof ObjectList) {
            // Complete, as a view shows it.
            Map<String, Object> fault = Map.of("type", "latency", "id", "slow", "delayMs", 7, "seed", 7);
            return field.type()
                    .write(Objects.requireNonNull(field.type().read(List.of(fault), "", FaultReport.failFast())));
        }
        if (field.type() instanceof OneOf kinds) {
            // A kind that all protocols have and that has a field with a range.
            return kinds.kinds().values().stream()
                    .filter(kind -> kind.protocols().size() == Protocol.values().length)
                    .flatMap(kind -> kind.fields().stream()
                            .filter(inner -> inner.type() instanceof WholeNumber)
                            .<Object>map(inner -> kind.settings().with(Map.of(inner.name(), 7))))
                    .map(kinds::write)
                    .findFirst()
                    .orElseThrow();
        }
        if (field.type() instanceof Block) {
            return Map.of("text", "text for " + field.name());
        }
        return field.type() instanceof TextMap ? Map.of(keyOf(field), "net") : List.of("10.0.0.0/8");
    }

    /** A key that the map may have, without dots. */
    private static String keyOf(Field field) {
        return field.name().equals("sni") ? "localhost" : "team";
    }

    @SuppressWarnings("unchecked")
    private static void put(Map<String, Object> tree, String path, Object value) {
        int dot = path.indexOf('.');
        if (dot < 0) {
            tree.put(path, value);
        } else {
            Object nested = tree.computeIfAbsent(path.substring(0, dot), none -> new LinkedHashMap<String, Object>());
            put((Map<String, Object>) nested, path.substring(dot + 1), value);
        }
    }

    private static ListenerDefinition definitionWithoutLists(String protocol) {
        Map<String, Object> tree = tree(protocol);
        tree.remove("faults");
        return Objects.requireNonNull(DefinitionTree.read(tree, "127.0.0.1", FaultReport.failFast()));
    }

    private static ListenerDefinition definition(String protocol) {
        return Objects.requireNonNull(DefinitionTree.read(tree(protocol), "127.0.0.1", FaultReport.failFast()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"tcp", "udp"})
    void isReadAndWrittenByTheApiInJsonAndYaml(String protocol) throws Exception {
        // As text, so that numbers have the types of a parser.
        JsonNode wanted = JSON.readTree(JSON.writeValueAsString(tree(protocol)));
        assertThat(create(wanted.toString()).status()).isEqualTo(201);
        ObjectNode view = (ObjectNode) get("/api/v1/listeners/" + NAME).body();
        view.remove("status");
        assertThat(view).isEqualTo(wanted);
        assertThat(view.propertyNames()).containsExactlyElementsOf(wanted.propertyNames());
        String yaml = send(request("/api/v1/configuration")
                        .header("Accept", "application/yaml")
                        .GET())
                .response()
                .body();
        assertThat(new YAMLMapper().readTree(yaml).at("/listeners").values()).contains(wanted);
    }

    @ParameterizedTest
    @ValueSource(strings = {"tcp", "udp"})
    void isAnAttributeOrASettingInJmx(String protocol) throws Exception {
        assertThat(create(JSON.writeValueAsString(tree(protocol))).status()).isEqualTo(201);
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        ObjectName bean = new ObjectName("dev.canyon:type=Listener,name=" + NAME);
        TabularData settings = (TabularData) server.getAttribute(bean, "Settings");
        for (Entry entry : entries(protocol)) {
            String name = entry.field().name();
            if (entry.protocol() == null) {
                String attribute = name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
                assertThat(server.getAttribute(bean, attribute)).as(name).isNotNull();
            } else {
                String key = entry.path().replaceFirst("^(tcp|udp)\\.", "");
                assertThat(settings.get(new Object[] {key}).get("value"))
                        .as(name)
                        .isEqualTo(String.valueOf(otherThanDefault(entry.field())));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"tcp", "udp"})
    void isStored(String protocol) {
        ListenerDefinition definition = definition(protocol);
        ListenerRow row = ListenerRow.of(new VersionedDefinition(definition, 1));
        ObjectNode wanted = (ObjectNode) JSON.readTree(JSON.writeValueAsString(tree(protocol)));
        // The name has a column of its own, and the protocol follows from its block.
        wanted.remove(List.of("name", "protocol"));
        assertThat(JSON.readTree(row.definition())).isEqualTo(wanted);
        assertThat(row.toValue().definition()).isEqualTo(definition);
    }

    @ParameterizedTest
    @ValueSource(strings = {"tcp", "udp"})
    void isAPropertyInEveryForm(String protocol) {
        List<String> kebab = new ArrayList<>();
        List<String> squeezed = new ArrayList<>();
        for (Entry entry : entries(protocol)) {
            JsonNode value =
                    JSON.valueToTree(tree(protocol)).at("/" + entry.path().replace('.', '/'));
            String text = value.isString() ? value.stringValue() : value.toString();
            String rest = "";
            if (entry.field().type() instanceof TextMap) {
                rest = "." + keyOf(entry.field());
                text = "net";
            } else if (entry.field().type() instanceof TextList) {
                rest = "[0]";
                text = value.get(0).stringValue();
            } else if (entry.field().type() instanceof AddressRanges) {
                rest = "[0]";
                text = "10.0.0.0/8";
            }
            if (value.isObject() && !entry.field().type().innerFields().isEmpty()) {
                value.properties().forEach(inner -> {
                    String property = "canyon.listeners[0]." + entry.path() + "." + inner.getKey();
                    String innerText = inner.getValue().isString()
                            ? inner.getValue().stringValue()
                            : inner.getValue().toString();
                    kebab.add(property.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT) + "=" + innerText);
                    squeezed.add(property.toLowerCase(Locale.ROOT) + "=" + innerText);
                });
                continue;
            }
            if (entry.field().type() instanceof ObjectList) {
                // Nested fields have a test of their own.
                continue;
            }
            String property = "canyon.listeners[0]." + entry.path();
            kebab.add(property.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT) + rest + "=" + text);
            squeezed.add(property.toLowerCase(Locale.ROOT) + rest + "=" + text);
        }
        ListenerDefinition wanted = definitionWithoutLists(protocol);
        assertThat(declared(kebab)).containsExactly(wanted);
        assertThat(declared(squeezed)).containsExactly(wanted);
    }

    private static List<ListenerDefinition> declared(List<String> properties) {
        return DeclaredListeners.in(Properties.bind(properties.toArray(String[]::new)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ListenerRequest", "ListenerReplacement", "ListenerView", "DefinitionView"})
    void isInTheOpenApiDocument(String schema) throws Exception {
        JsonNode schemas = get("/v3/api-docs").at("/components/schemas");
        for (Entry entry : DefinitionFields.all()) {
            JsonNode properties = schemas.at("/" + schema + "/properties");
            int dot = entry.path().indexOf('.');
            if (dot > 0) {
                String reference = properties
                        .path(entry.path().substring(0, dot))
                        .findValue("$ref")
                        .stringValue();
                properties = schemas.at("/" + reference.substring(reference.lastIndexOf('/') + 1) + "/properties");
            }
            JsonNode property = properties.path(entry.field().name());
            JsonNode described = property;
            if (!entry.field().type().innerFields().isEmpty()) {
                String reference = property.findValue("$ref").stringValue();
                described = schemas.at("/" + reference.substring(reference.lastIndexOf('/') + 1));
            }
            assertThat(described.path("description").asString(""))
                    .as(entry.path())
                    .startsWith(entry.field().text());
            if (schema.equals("ListenerRequest")) {
                assertThat(property.has("default"))
                        .as(entry.path())
                        .isEqualTo(entry.field().plainDefault() != null);
                if (property.has("default")) {
                    assertThat(property.get("default").toString())
                            .as(entry.path())
                            .isEqualTo(JSON.writeValueAsString(entry.field().plainDefault()));
                }
                if (entry.field().type() instanceof WholeNumber number) {
                    assertThat(property.path("minimum").longValue()).isEqualTo(number.min());
                    assertThat(property.path("maximum").longValue()).isEqualTo(number.max());
                }
            }
        }
    }

    @Test
    void isInTheFileOfTheDashboardsForm() throws Exception {
        Answer file = get("/app/definition.json");
        assertThat(file.status()).isEqualTo(200);
        assertThat(file.header("Cache-Control")).isEqualTo("no-cache");
        JsonNode fields = file.body().path("fields");
        assertThat(fields.size()).isEqualTo(DefinitionFields.all().size());
        for (int i = 0; i < fields.size(); i++) {
            Entry entry = DefinitionFields.all().get(i);
            JsonNode field = fields.get(i);
            assertThat(field.path("path").stringValue()).isEqualTo(entry.path());
            assertThat(field.path("title").stringValue())
                    .isEqualTo(entry.field().title());
            assertThat(field.path("description").stringValue())
                    .isEqualTo(entry.field().text());
            assertThat(field.path("required").booleanValue())
                    .isEqualTo(entry.field().required());
            assertThat(field.propertyNames())
                    .contains("type", "unit", "minimum", "maximum", "default", "nullable", "protocol", "changesSocket");
        }
        JsonNode idle = fields.valueStream()
                .filter(field -> field.path("path").stringValue().equals("tcp.idleTimeoutMs"))
                .findFirst()
                .orElseThrow();
        assertThat(idle).isEqualTo(JSON.readTree("""
                {"path": "tcp.idleTimeoutMs", "type": "integer", "unit": "ms", "minimum": 0, "maximum": 86400000,
                 "default": 300000, "nullable": false, "required": false, "protocol": "tcp", "title": "Idle timeout",
                 "description": "Closes a connection that neither receives nor sends data for this long; 0 disables the timeout.",
                 "changesSocket": false}"""));
    }
}
