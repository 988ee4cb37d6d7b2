package dev.canyon.api;

import dev.canyon.api.problem.DuplicateField;
import dev.canyon.api.problem.Fault;
import dev.canyon.api.problem.InvalidRequestException;
import java.util.List;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLFactory;
import tools.jackson.dataformat.yaml.YAMLMapper;
import tools.jackson.dataformat.yaml.YAMLParser;
import tools.jackson.dataformat.yaml.YAMLWriteFeature;

/** Reads and writes YAML 1.2 as strictly as JSON: one document, no key twice, nothing nested deeply, no aliases. */
@Component
class YamlDocuments {

    private static final int MAX_DEPTH = 64;
    private static final int MAX_LINE_BYTES = 65_536;

    private final YAMLMapper mapper = YAMLMapper.builder(YAMLFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .disable(YAMLWriteFeature.SPLIT_LINES)
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .build())
                    // How long a document may be is limited where it comes in.
                    .loadSettings(LoadSettings.builder()
                            .setCodePointLimit(Integer.MAX_VALUE)
                            .build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /** @throws InvalidRequestException tells what is wrong, and where */
    ObjectNode read(byte[] text) {
        refuseLongLines(text);
        try {
            refuseAliases(text);
            JsonNode document = mapper.readTree(text);
            if (document instanceof ObjectNode object) {
                return object;
            }
            throw new InvalidRequestException("body", "must be an object");
        } catch (JacksonException ex) {
            String message = String.valueOf(ex.getOriginalMessage());
            String where = ex.getLocation() == null
                    ? ""
                    : " (line " + ex.getLocation().getLineNr() + ", column "
                            + ex.getLocation().getColumnNr() + ")";
            String duplicate = DuplicateField.nameIn(message);
            throw new InvalidRequestException(List.of(
                    duplicate != null
                            ? new Fault(duplicate, "appears twice" + where)
                            : new Fault("body", "is not YAML: " + message.replaceAll("\\s+", " ") + where)));
        }
    }

    /** The parser's time grows with the square of a line's length. */
    private static void refuseLongLines(byte[] text) {
        int begin = 0;
        for (int at = 0; at < text.length; at++) {
            if (text[at] == '\n' || text[at] == '\r') {
                begin = at + 1;
            } else if (at - begin >= MAX_LINE_BYTES) {
                throw new InvalidRequestException(
                        "body",
                        "has a line of more than " + MAX_LINE_BYTES
                                + " bytes: break it, or send the document as application/json");
            }
        }
    }

    /** As a tree, an alias would be a text with its name. */
    private void refuseAliases(byte[] text) {
        try (JsonParser parser = mapper.createParser(text)) {
            while (parser.nextToken() != null) {
                if (parser instanceof YAMLParser yaml && yaml.isCurrentAlias()) {
                    throw new InvalidRequestException(
                            "body",
                            "has an alias (*" + parser.getString() + ", line "
                                    + parser.currentTokenLocation().getLineNr() + "): write out what it stands for");
                }
            }
        }
    }

    byte[] write(Object document) {
        return mapper.writeValueAsBytes(document);
    }
}
