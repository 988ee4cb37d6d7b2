package dev.canyon.api.json;

import dev.canyon.api.problem.InvalidRequestException;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamContext;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLFactory;
import tools.jackson.dataformat.yaml.YAMLParser;

/**
 * Reads an object from a text, in JSON or YAML 1.2, equally strict: one document, limited nesting, no aliases. Duplicate keys are
 * collected, so that they do not hide other errors; Jackson would stop at the first.
 */
final class BodyParser {

    private static final int MAX_LINE_LENGTH = 65_536;
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private static final StreamReadConstraints CONSTRAINTS = StreamReadConstraints.builder()
            .maxNestingDepth(SyntaxFault.MAX_DEPTH)
            .build();

    private static final JsonFactory JSON =
            JsonFactory.builder().streamReadConstraints(CONSTRAINTS).build();

    private static final YAMLFactory YAML = YAMLFactory.builder()
            .streamReadConstraints(CONSTRAINTS)
            .loadSettings(LoadSettings.builder()
                    .setAllowDuplicateKeys(true)
                    // The length of a body is limited by BodyLimitFilter.
                    .setCodePointLimit(Integer.MAX_VALUE)
                    .build())
            .build();

    private final JsonParser parser;
    private final Faults faults = new Faults();

    private BodyParser(JsonParser parser) {
        this.parser = parser;
    }

    /** @throws InvalidRequestException names the error and its position */
    static BodyTree json(String text) {
        return read(text, JSON, SyntaxFault.JSON);
    }

    /** @throws InvalidRequestException names the error and its position */
    static BodyTree yaml(String text) {
        refuseLongLines(text);
        return read(text, YAML, SyntaxFault.YAML);
    }

    private static BodyTree read(String text, TokenStreamFactory language, SyntaxFault syntax) {
        try (JsonParser parser = language.createParser(ObjectReadContext.empty(), text)) {
            return new BodyParser(parser).document();
        } catch (JacksonException ex) {
            throw new InvalidRequestException("body", syntax.explain(ex));
        }
    }

    /** The parser's time grows with the square of a line's length. */
    private static void refuseLongLines(String text) {
        int begin = 0;
        for (int at = 0; at < text.length(); at++) {
            if (text.charAt(at) == '\n' || text.charAt(at) == '\r') {
                begin = at + 1;
            } else if (at - begin >= MAX_LINE_LENGTH) {
                throw new InvalidRequestException(
                        "body",
                        "has a line of more than " + MAX_LINE_LENGTH
                                + " characters: wrap it, or send the document as application/json");
            }
        }
    }

    private BodyTree document() {
        JsonToken first = parser.nextToken();
        if (first == null) {
            throw new InvalidRequestException("body", "is required: it must be an object");
        }
        if (first != JsonToken.START_OBJECT) {
            throw new InvalidRequestException("body", "must be an object");
        }
        ObjectNode root = object();
        if (parser.nextToken() != null) {
            throw new InvalidRequestException(
                    "body", "contains more than one document" + where() + ": send each in a request of its own");
        }
        return new BodyTree(root, faults);
    }

    private ObjectNode object() {
        ObjectNode object = NODES.objectNode();
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = parser.currentName();
            if (object.has(name)) {
                faults.add(path(), "is a duplicate key" + where());
            }
            parser.nextToken();
            object.set(name, value());
        }
        return object;
    }

    private ArrayNode array() {
        ArrayNode array = NODES.arrayNode();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            array.add(value());
        }
        return array;
    }

    private JsonNode value() {
        refuseAlias();
        return switch (parser.currentToken()) {
            case START_OBJECT -> object();
            case START_ARRAY -> array();
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number();
            case VALUE_TRUE -> NODES.booleanNode(true);
            case VALUE_FALSE -> NODES.booleanNode(false);
            case VALUE_NULL -> NODES.nullNode();
            case VALUE_EMBEDDED_OBJECT -> {
                faults.add(path(), "must not be binary: remove the tag" + where());
                yield NODES.nullNode();
            }
            default -> NODES.stringNode(parser.getString());
        };
    }

    /** Not every YAML number has a value here: {@code .nan} and {@code .inf} do not. */
    private JsonNode number() {
        try {
            return switch (parser.getNumberType()) {
                case INT -> NODES.numberNode(parser.getIntValue());
                case LONG -> NODES.numberNode(parser.getLongValue());
                case BIG_INTEGER -> NODES.numberNode(parser.getBigIntegerValue());
                default -> NODES.numberNode(parser.getDoubleValue());
            };
        } catch (StreamReadException ex) {
            faults.add(path(), "must be a finite number, not " + parser.getString() + where());
            return NODES.nullNode();
        }
    }

    /** A tree would represent an alias as the text of its name. */
    private void refuseAlias() {
        if (parser instanceof YAMLParser yaml && yaml.isCurrentAlias()) {
            throw new InvalidRequestException(
                    "body",
                    "contains the alias *" + parser.getString() + where()
                            + ": aliases are not supported, repeat the value instead");
        }
    }

    private String where() {
        TokenStreamLocation at = parser.currentTokenLocation();
        return " (line " + at.getLineNr() + ", column " + at.getColumnNr() + ")";
    }

    private String path() {
        return path(parser.streamReadContext());
    }

    /** The path of the current token: {@code listeners[1].tcp.backlog}. */
    private static String path(@Nullable TokenStreamContext context) {
        if (context == null || context.inRoot()) {
            return "";
        }
        String parent = path(context.getParent());
        if (context.inArray()) {
            return parent + "[" + context.getCurrentIndex() + "]";
        }
        return parent + (parent.isEmpty() ? "" : ".") + context.currentName();
    }
}
