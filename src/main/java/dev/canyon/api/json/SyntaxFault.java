package dev.canyon.api.json;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamConstraintsException;

/** Explains why a text cannot be parsed. The messages of the parsers are not used: they name Java classes and settings of the parser. */
enum SyntaxFault {
    JSON(List.of(
            rule(".*expected a hex-digit.*", "an escape \\u needs four hexadecimal digits"),
            rule("Unexpected character \\('/'.*comment.*", "a comment is not allowed"),
            rule("(?:.* in numeric value|Invalid numeric value).*", "a number must be written as 7, -1 or 0.5"),
            rule(
                    "Unexpected character \\('(.{1,2})'.*double-quote.*",
                    "unexpected '$1' (expected: a name in double quotes)"),
            rule("Unexpected character \\('(.{1,2})'.*(comma|colon).*", "unexpected '$1' (expected: a $2)"),
            rule("Unexpected character \\('(.{1,2})'.*", "unexpected '$1' (expected: a value)"),
            rule("Non-standard token '(.+?)'.*", "$1 is not a value of JSON"),
            rule(
                    "Unrecognized token '(.*?)'.*",
                    "unknown word '$1' (expected: text in double quotes, a number, true, false or null)"),
            rule("Illegal unquoted character.*", "a control character in text must be escaped, a line break as \\n"),
            rule("Unrecognized character escape '?(.{1,2}?)'?(?: \\(.*|$)", "unknown escape \\$1 in text"),
            rule("Illegal character.*", "a control character is not allowed"),
            rule("Unexpected close marker '(.)'.*", "unexpected '$1'"),
            rule("Unexpected end-of-input.*", "it ends before the object is complete"))),

    YAML(List.of(
            rule(
                    "mapping values are not allowed here",
                    "a colon is not allowed here: check the indentation, or quote the text"),
            rule("sequence entries are not allowed here", "a list must begin on a line of its own"),
            rule("found character '\\\\t.*", "a tab must not be used for indentation: use spaces"),
            rule("found character '(.{1,2})' that cannot start any token.*", "text must not begin with '$1': quote it"),
            rule("expected ',' or '(.)'.*", "a comma or '$1' is missing"),
            rule("expected <block end>.*", "unexpected text: check the indentation"),
            rule("expected the node content, but found '(.+)'", "unexpected '$1'"),
            rule("could not find expected ':'.*", "a colon is missing"),
            rule("found unexpected (?:end of stream|document separator)", "a quoted text is not closed"),
            rule("found unknown escape character (.{1,2}?)\\(.*", "unknown escape \\$1 in text"),
            rule("found undefined tag handle (.+)", "the tag $1 is not defined"),
            rule("Expected a property name.*", "a key must be text"),
            rule("special characters are not allowed", "a control character is not allowed"),
            rule("Version\\{.*", "the version of YAML must be 1.2")));

    static final int MAX_DEPTH = 64;

    private static final List<Rule> LIMITS = List.of(
            rule("Document nesting depth.*", "is nested more than " + MAX_DEPTH + " levels deep"),
            rule("Number value length .*allowed \\((\\d+),.*", "contains a number of more than $1 characters"),
            rule("Name length .*allowed \\((\\d+),.*", "contains a field name of more than $1 characters"));

    @SuppressWarnings("ImmutableEnumChecker") // an unmodifiable list
    private final List<Rule> rules;

    SyntaxFault(List<Rule> rules) {
        this.rules = rules;
    }

    /** @param text with {@code $1} for the first group of the pattern */
    private record Rule(Pattern message, String text) {

        Optional<String> explain(String found) {
            Matcher matcher = message.matcher(found);
            return matcher.matches() ? Optional.of(fill(matcher)) : Optional.empty();
        }

        private String fill(Matcher matcher) {
            String filled = text;
            for (int group = 1; group <= matcher.groupCount(); group++) {
                filled = filled.replace("$" + group, matcher.group(group));
            }
            return filled;
        }
    }

    private static Rule rule(String message, String text) {
        return new Rule(Pattern.compile(message, Pattern.DOTALL), text);
    }

    /** What is wrong and where, as the message of a fault. */
    String explain(JacksonException ex) {
        if (ex instanceof StreamConstraintsException) {
            return first(LIMITS, ex.getOriginalMessage()).orElse("exceeds a limit of the parser");
        }
        return "is not " + name() + ": " + first(rules, problem(ex)).orElse("syntax error") + where(ex);
    }

    private static Optional<String> first(List<Rule> rules, String message) {
        return rules.stream().flatMap(rule -> rule.explain(message).stream()).findFirst();
    }

    /** For YAML, Jackson repeats a message with the lines at fault, which may be long. */
    private static String problem(JacksonException ex) {
        return ex.getCause() instanceof MarkedYamlEngineException yaml
                ? String.valueOf(yaml.getProblem())
                : String.valueOf(ex.getOriginalMessage());
    }

    private static String where(JacksonException ex) {
        if (ex.getCause() instanceof MarkedYamlEngineException yaml
                && yaml.getProblemMark().isPresent()) {
            Mark mark = yaml.getProblemMark().get();
            return where(mark.getLine() + 1, mark.getColumn() + 1);
        }
        TokenStreamLocation location = ex.getLocation();
        return location == null ? "" : where(location.getLineNr(), location.getColumnNr());
    }

    private static String where(int line, int column) {
        return " (line " + line + ", column " + column + ")";
    }
}
