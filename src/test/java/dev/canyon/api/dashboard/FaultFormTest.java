package dev.canyon.api.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.canyon.api.ApiTest;
import dev.canyon.engine.fault.type.FaultTypes;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What the dashboard knows about faults is what the API accepts. */
class FaultFormTest extends ApiTest {

    private static final String LISTENERS = "/api/v1/listeners";
    private static final Set<String> OF_VIEWS = Set.of("type", "origin", "remainingMs", "applied", "lastAppliedAt");

    @Test
    void describesAllTypes() throws Exception {
        JsonNode types = get("/app/definition.json").at("/faults/types");
        assertThat(types.valueStream().map(type -> type.path("name").stringValue()))
                .containsExactlyElementsOf(FaultTypes.byName().keySet());
        for (JsonNode type : types) {
            assertThat(type.path("text").stringValue()).isNotBlank();
            assertThat(type.path("protocols").isEmpty()).isFalse();
        }
    }

    @Test
    void describesExactlyTheFieldsOfEachType() throws Exception {
        JsonNode form = get("/app/definition.json").at("/faults");
        for (JsonNode type : form.path("types")) {
            String name = type.path("name").stringValue();
            String listener = createUnbound("127.0.0.1", type.at("/protocols/0").stringValue());
            JsonNode example = type.path("example");
            StringBuilder body = new StringBuilder("{\"type\":\"" + name + "\"");
            example.properties()
                    .forEach(
                            field -> body.append(",\"" + field.getKey() + "\":").append(field.getValue()));
            List<String> paths = new ArrayList<>();
            type.path("fields").forEach(field -> paths.add(field.path("path").stringValue()));
            type.path("common").forEach(field -> paths.add(field.stringValue()));
            // A value in each, so that an unknown field would be refused.
            if (paths.contains("when")) {
                body.append(",\"when\":{\"every\":2},\"sources\":[\"127.0.0.0/8\"]");
            }
            body.append(",\"cycle\":{\"onMs\":1000,\"offMs\":1000}}");
            Answer added = post(listener + "/faults", body.toString());
            assertThat(added.status()).as(name + " " + added.body()).isEqualTo(201);
            Set<String> actual = new HashSet<>(added.body().propertyNames());
            actual.removeAll(OF_VIEWS);
            assertThat(paths).as(name).containsExactlyInAnyOrderElementsOf(actual);
            delete(listener);
        }
    }

    @Test
    void describesTheFieldsOfObjectsAndTheWordsOfChoices() throws Exception {
        JsonNode common = get("/app/definition.json").at("/faults/common");
        assertThat(field(common, "when")
                        .path("fields")
                        .valueStream()
                        .map(each -> each.path("path").stringValue()))
                .containsExactly("when.probability", "when.every", "when.first", "when.after");
        assertThat(field(common, "when").at("/fields/0/type").stringValue()).isEqualTo("number");
        assertThat(field(common, "direction").path("values").valueStream().map(JsonNode::stringValue))
                .containsExactly("in", "out");
        assertThat(field(common, "cycle").at("/fields/0/unit").stringValue()).isEqualTo("ms");
    }

    /** On all addresses, where a fault must not amplify. */
    @Test
    void presetsAreAccepted() throws Exception {
        JsonNode presets = get("/app/fault-presets.json").body();
        assertThat(presets.size()).isPositive();
        for (String protocol : List.of("tcp", "udp")) {
            String listener = createUnbound("0.0.0.0", protocol);
            for (JsonNode preset : presets) {
                JsonNode faults = preset.path("faults").path(protocol);
                assertThat(faults.isEmpty()).as(preset.toString()).isFalse();
                for (JsonNode fault : faults) {
                    Answer added = post(listener + "/faults", fault.toString());
                    assertThat(added.status()).as(fault + " " + added.body()).isEqualTo(201);
                    assertThat(added.at("/id").stringValue())
                            .startsWith(preset.path("name").stringValue());
                }
            }
            delete(listener);
        }
    }

    private static JsonNode field(JsonNode fields, String path) {
        return Stream.of(fields)
                .flatMap(JsonNode::valueStream)
                .filter(field -> field.path("path").stringValue().equals(path))
                .findFirst()
                .orElseThrow();
    }

    /** A listener with a fixed port, which is not opened. */
    private String createUnbound(String host, String protocol) throws Exception {
        // For faults of TLS handshakes and of messages.
        String more =
                protocol.equals("tcp") ? ",\"tls\":{\"bundle\":\"self-signed\"},\"framing\":{\"type\":\"line\"}" : "";
        assertThat(create("{\"name\":\"f\",\"protocol\":\"" + protocol + "\",\"host\":\"" + host
                                + "\",\"port\":47011,\"enabled\":false" + more + "}")
                        .status())
                .isEqualTo(201);
        return LISTENERS + "/f";
    }
}
