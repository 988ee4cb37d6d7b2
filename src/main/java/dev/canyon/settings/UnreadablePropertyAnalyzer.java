package dev.canyon.settings;

import dev.canyon.net.WireName;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.core.annotation.Order;
import org.springframework.util.unit.DataSize;

/** Reports a property of Canyon with a value of the wrong type at startup, without the Java types that Spring Boot would name. */
@Order(0) // before the analyzers of Spring Boot
final class UnreadablePropertyAnalyzer extends AbstractFailureAnalyzer<BindException> {

    private static final int MAX_SHOWN = 40;
    private static final int MAX_EXAMPLES = 3;
    private static final Set<Class<?>> INTEGERS = Set.of(int.class, long.class, Integer.class, Long.class);

    @Override
    protected @Nullable FailureAnalysis analyze(Throwable rootFailure, BindException cause) {
        String name = cause.getName().toString();
        if (!name.equals(PropertyNames.PREFIX) && !name.startsWith(PropertyNames.PREFIX + ".")) {
            return null;
        }
        String message =
                String.valueOf(NestedExceptionUtils.getMostSpecificCause(cause).getMessage());
        // The settings check their own ranges and name the property.
        String fault = message.startsWith(PropertyNames.PREFIX + ".")
                ? message
                : name + ": " + found(cause.getProperty()) + " (expected: " + expected(name, cause) + ")";
        return new FailureAnalysis(
                fault, "Correct " + fault.split(":", 2)[0] + " or remove it." + origin(cause), cause);
    }

    private static String found(@Nullable ConfigurationProperty property) {
        if (property == null) {
            return "has no value of its own";
        }
        String text = String.valueOf(property.getValue());
        return "\"" + (text.length() <= MAX_SHOWN ? text : text.substring(0, MAX_SHOWN) + "...") + "\"";
    }

    private static String expected(String name, BindException cause) {
        Class<?> type = cause.getTarget().getType().resolve(Object.class);
        List<String> below = new PropertyNames()
                .settable().stream()
                        .filter(each -> each.startsWith(name + ".") || each.startsWith(name + "[*]."))
                        .map(each -> each.replace("[*]", "[0]"))
                        .limit(MAX_EXAMPLES)
                        .toList();
        if (!below.isEmpty()) {
            return "properties such as " + String.join(", ", below);
        }
        if (type.isEnum()) {
            return Arrays.stream(type.getEnumConstants())
                    .map(constant -> WireName.of((Enum<?>) constant))
                    .collect(Collectors.joining(", "));
        }
        if (type == boolean.class || type == Boolean.class) {
            return "true or false";
        }
        if (type == Duration.class) {
            return "a duration, for example 30s or 10m";
        }
        if (type == DataSize.class) {
            return "a size, for example 10MB";
        }
        return INTEGERS.contains(type) ? "an integer" : "a value of another form";
    }

    private static String origin(BindException cause) {
        return cause.getOrigin() == null ? "" : " It is set in " + cause.getOrigin() + ".";
    }
}
