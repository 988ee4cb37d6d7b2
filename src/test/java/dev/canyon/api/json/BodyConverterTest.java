package dev.canyon.api.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.canyon.api.problem.InvalidRequestException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.MediaType;

class BodyConverterTest {

    private static final MediaType JSON = MediaType.APPLICATION_JSON;
    private static final MediaType YAML = MediaType.APPLICATION_YAML;

    static Stream<Arguments> malformedJson() {
        return Stream.of(
                Arguments.of("{\"a\":NaN}", "NaN is not a value of JSON (line 1, column 9)"),
                Arguments.of("{\"a\":-Infinity}", "-Infinity is not a value of JSON"),
                Arguments.of("{\"a\":}", "unexpected '}' (expected: a value) (line 1, column 6)"),
                Arguments.of("{a:1}", "unexpected 'a' (expected: a name in double quotes) (line 1, column 2)"),
                Arguments.of("{\"a\":1,}", "unexpected '}' (expected: a name in double quotes)"),
                Arguments.of("{\"a\":01}", "a number must be written as 7, -1 or 0.5"),
                Arguments.of("{\"a\":1.}", "a number must be written as 7, -1 or 0.5"),
                Arguments.of("{\"a\":+1}", "a number must be written as 7, -1 or 0.5"),
                Arguments.of("{\"a\":True}", "unknown word 'True' (expected: text in double quotes, a number, true,"),
                Arguments.of("{\"a\":\"\n\"}", "a control character in text must be escaped, a line break as \\n"),
                Arguments.of("{\"a\":\"\\x\"}", "unknown escape \\x in text"),
                Arguments.of("{\"a\":\"\\u12\"}", "an escape \\u needs four hexadecimal digits"),
                Arguments.of("{\"a\":[1}", "unexpected '}' (line 1, column 8)"),
                Arguments.of("{\"a\":\n1", "it ends before the object is complete (line 2,"),
                Arguments.of("{\"a\":1 \"b\":2}", "unexpected '\"' (expected: a comma)"),
                Arguments.of("{\"a\" 1}", "unexpected '1' (expected: a colon)"),
                Arguments.of("{\"a\":1/* */}", "a comment is not allowed"),
                Arguments.of("{\"a\":\u0000}", "a control character is not allowed"));
    }

    @ParameterizedTest
    @MethodSource("malformedJson")
    void explainsWhatIsNotJson(String text, String explanation) {
        assertThat(fault(text, JSON)).startsWith("body is not JSON: " + explanation);
    }

    static Stream<Arguments> malformedYaml() {
        return Stream.of(
                Arguments.of(
                        "a: b: c",
                        "a colon is not allowed here: check the indentation, or quote the text (line 1, column 5)"),
                Arguments.of("a:\n\t- 1", "a tab must not be used for indentation: use spaces (line 2, column 1)"),
                Arguments.of("a: @x", "text must not begin with '@': quote it (line 1, column 4)"),
                Arguments.of("a:\n  b: 1\n c: 2", "unexpected text: check the indentation (line 3, column 2)"),
                Arguments.of("a: [1", "a comma or ']' is missing"),
                Arguments.of("a: {b: 1", "a comma or '}' is missing"),
                Arguments.of("a: \"x", "a quoted text is not closed"),
                Arguments.of("a: \"\\q\"", "unknown escape \\q in text"),
                Arguments.of("a: ]", "unexpected ']'"),
                Arguments.of("a: - b", "a list must begin on a line of its own"),
                Arguments.of("a: !x!y z", "the tag !x! is not defined"),
                Arguments.of("? [a]\n: b", "a key must be text"),
                Arguments.of("a: \u0007", "a control character is not allowed"),
                Arguments.of("%YAML 3.0\n---\na: 1", "the version of YAML must be 1.2"),
                Arguments.of("%FOO\na: 1", "syntax error"));
    }

    @ParameterizedTest
    @MethodSource("malformedYaml")
    void explainsWhatIsNotYaml(String text, String explanation) {
        assertThat(fault(text, YAML)).startsWith("body is not YAML: " + explanation);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[                          | body is nested more than 64 levels deep",
                "9                          | body contains a number of more than 1000 characters",
            })
    void namesTheLimitThatIsExceeded(String repeated, String explanation) {
        String value = repeated.replace(" ", "").repeat(2000);
        assertThat(fault("{\"a\":" + value, JSON)).isEqualTo(explanation);
        assertThat(fault("a: " + value, YAML)).isEqualTo(explanation);
    }

    @Test
    void rejectsASecondDocument() {
        assertThat(fault("{} {}", JSON)).startsWith("body contains more than one document (line 1, column 4)");
        assertThat(fault("a: 1\n---\nb: 1", YAML)).startsWith("body contains more than one document (line 3,");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "7", "null", "\"a\""})
    void requiresAnObject(String text) {
        assertThat(fault(text, JSON)).isEqualTo("body must be an object");
        assertThat(fault(text, YAML)).isEqualTo("body must be an object");
    }

    @Test
    void rejectsTextInAnotherEncoding() {
        String yaml = "a: 1\nb: \u00e9\n";
        assertThat(fault(yaml.getBytes(StandardCharsets.ISO_8859_1), YAML))
                .isEqualTo("body is not UTF-8 (line 2): convert it");
        assertThat(fault("{\"a\":\"\u00e9\"}".getBytes(StandardCharsets.ISO_8859_1), JSON))
                .isEqualTo("body is not UTF-8 (line 1): convert it");
        assertThat(fault(yaml.getBytes(StandardCharsets.UTF_16), YAML))
                .isEqualTo("body is not UTF-8 (line 1): convert it");
    }

    @Test
    void readsTheDeclaredEncodingAndAByteOrderMark() {
        for (Charset charset :
                new Charset[] {StandardCharsets.UTF_8, StandardCharsets.ISO_8859_1, StandardCharsets.UTF_16}) {
            BodyTree body = BodyConverter.read("{\"a\":\"\u00e9\"}".getBytes(charset), new MediaType(JSON, charset));
            assertThat(body.root().get("a").stringValue()).isEqualTo("\u00e9");
        }
        assertThat(read("\ufeff{\"a\":1}", JSON).root().get("a").intValue()).isEqualTo(1);
        assertThat(read("\ufeffa: 1", YAML).root().get("a").intValue()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"application/yaml", "application/x-yaml", "text/yaml", "text/x-yaml", "text/yaml;charset=utf-8"})
    void readsYamlUnderEachOfItsNames(String type) {
        assertThat(read("a: [1, b]", MediaType.parseMediaType(type)).root().toString())
                .isEqualTo("{\"a\":[1,\"b\"]}");
    }

    @Test
    void collectsDuplicateKeysByPath() {
        String json = "{\"a\":1,\"a\":2,\"list\":[{},{\"b\":{\"c\":1,\"c\":2}}]}";
        for (BodyTree body : new BodyTree[] {read(json, JSON), read(json, YAML)}) {
            assertThat(body.root().toString()).isEqualTo("{\"a\":2,\"list\":[{},{\"b\":{\"c\":2}}]}");
            InvalidRequestException ex = catchThrowableOfType(InvalidRequestException.class, body.faults()::throwIfAny);
            assertThat(ex)
                    .hasMessageContaining("field=a, message=is a duplicate key (line 1, column 8)")
                    .hasMessageContaining("field=list[1].b.c, message=is a duplicate key");
        }
    }

    @ParameterizedTest
    @CsvSource({".nan", ".inf", "-.inf"})
    void aNumberWithoutAValueIsAFaultOfItsField(String number) {
        BodyTree body = read("a: {b: " + number + "}", YAML);
        assertThat(catchThrowableOfType(InvalidRequestException.class, body.faults()::throwIfAny))
                .hasMessageContaining("field=a.b, message=must be a finite number, not " + number);
    }

    @Test
    void binaryYamlIsAFaultOfItsField() {
        BodyTree body = read("a: !!binary aGVsbG8=", YAML);
        assertThat(catchThrowableOfType(InvalidRequestException.class, body.faults()::throwIfAny))
                .hasMessageContaining("field=a, message=must not be binary");
    }

    private static BodyTree read(String text, MediaType type) {
        return BodyConverter.read(text.getBytes(StandardCharsets.UTF_8), type);
    }

    private static String fault(String text, MediaType type) {
        return fault(text.getBytes(StandardCharsets.UTF_8), type);
    }

    private static String fault(byte[] body, MediaType type) {
        InvalidRequestException ex =
                catchThrowableOfType(InvalidRequestException.class, () -> BodyConverter.read(body, type));
        return String.valueOf(ex.getMessage()).replaceFirst(".*field=(.*), message=(.*)]]$", "$1 $2");
    }
}
