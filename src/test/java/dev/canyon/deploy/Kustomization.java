package dev.canyon.deploy;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Does of kustomize what deploy/kubernetes needs, so that its tests need no kubectl, and refuses everything else. Names of
 * generated ConfigMaps get no hash.
 */
record Kustomization(
        String apiVersion,
        String kind,
        List<String> resources,
        @Nullable List<Generator> configMapGenerator,
        @Nullable List<Patch> patches) {

    private static final ObjectMapper YAML =
            new ObjectMapper(new YAMLFactory()).enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);

    record Generator(String name, List<String> files) {}

    /** @param patch a list of operations, as text (JSON Patch, RFC 6902) */
    record Patch(Target target, String patch) {}

    record Target(String kind, String name) {}

    record Operation(String op, JsonPointer path, @Nullable JsonNode value) {}

    /** @return the resources that {@code kubectl kustomize} gives for the directory */
    static List<JsonNode> render(Path directory) throws IOException {
        Path file = directory.resolve("kustomization.yaml");
        return YAML.readValue(file.toFile(), Kustomization.class).renderIn(directory);
    }

    /** The documents of one text. */
    static List<JsonNode> documents(String yaml) throws IOException {
        try (var documents = YAML.readerFor(JsonNode.class).<JsonNode>readValues(yaml)) {
            return documents.readAll();
        }
    }

    private List<JsonNode> renderIn(Path directory) throws IOException {
        List<JsonNode> rendered = new ArrayList<>();
        for (String resource : resources) {
            Path path = directory.resolve(resource);
            rendered.addAll(Files.isDirectory(path) ? render(path) : documents(Files.readString(path)));
        }
        for (Generator generator : Objects.requireNonNullElse(configMapGenerator, List.<Generator>of())) {
            rendered.add(configMap(generator, directory));
        }
        for (Patch patch : Objects.requireNonNullElse(patches, List.<Patch>of())) {
            JsonNode patched = only(patch.target(), rendered);
            for (Operation operation : YAML.readValue(patch.patch(), Operation[].class)) {
                apply(operation, patched);
            }
        }
        return rendered;
    }

    private static JsonNode configMap(Generator generator, Path directory) throws IOException {
        ObjectNode map = YAML.createObjectNode().put("apiVersion", "v1").put("kind", "ConfigMap");
        map.putObject("metadata").put("name", generator.name());
        ObjectNode data = map.putObject("data");
        for (String file : generator.files()) {
            data.put(file, Files.readString(directory.resolve(file)));
        }
        return map;
    }

    private static JsonNode only(Target target, List<JsonNode> resources) {
        List<JsonNode> meant = resources.stream()
                .filter(resource -> resource.path("kind").asText().equals(target.kind())
                        && resource.at("/metadata/name").asText().equals(target.name()))
                .toList();
        if (meant.size() != 1) {
            throw new IllegalArgumentException(target + " is in " + meta(resources));
        }
        return meant.get(0);
    }

    private static List<String> meta(List<JsonNode> resources) {
        return resources.stream()
                .map(resource -> resource.path("metadata").toString())
                .toList();
    }

    private static void apply(Operation operation, JsonNode resource) {
        JsonNode parent = resource.at(operation.path().head());
        String field = operation.path().last().getMatchingProperty();
        boolean there = !resource.at(operation.path()).isMissingNode();
        if (operation.op().equals("add") && parent instanceof ArrayNode array && field.equals("-")) {
            array.add(operation.value());
        } else if (operation.op().equals("add") && parent instanceof ObjectNode object) {
            object.set(field, operation.value());
        } else if (operation.op().equals("replace") && there && parent instanceof ObjectNode object) {
            object.set(field, operation.value());
        } else if (operation.op().equals("remove") && there && parent instanceof ObjectNode object) {
            object.remove(field);
        } else {
            throw new IllegalArgumentException(operation + " (expected: add, replace or remove, of what is there)");
        }
    }
}
