package dev.canyon.api.json;

import jakarta.validation.ConstraintViolation;
import jakarta.validation.Validator;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.BeanUtils;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;
import org.springframework.util.function.SingletonSupplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Binds a JSON object to a record and reports every error by field: unknown fields, wrong types, and violations of Bean Validation
 * and of the record's own rules. Jackson's data binding stops at the first error.
 *
 * <p>A null field is treated as absent. Supported component types: {@code String}, {@code Integer}, {@code Long},
 * {@code Double}, {@code Boolean}, {@code JsonNode} and lists of it (taken as they are), other records, and lists and maps of text.
 */
@Component
public class BodyReader {

    /** Created for the first body: not needed during startup, and slow to create. */
    private final SingletonSupplier<Validator> validator;

    BodyReader(ObjectProvider<Validator> validator) {
        this.validator = SingletonSupplier.of(validator::getObject);
    }

    /** @throws dev.canyon.api.problem.InvalidRequestException with every error */
    public <T extends Record> T read(BodyTree body, Class<T> type) {
        Faults faults = new Faults();
        T request = read(body, type, faults);
        faults.throwIfAny();
        return request;
    }

    /** The same, adding the errors to others. If there are any, the record lacks the values at fault. */
    public <T extends Record> T read(BodyTree body, Class<T> type, Faults faults) {
        body.report(faults);
        T request = bind(body.root(), type, "", faults);
        for (ConstraintViolation<T> violation : validator.obtain().validate(request)) {
            faults.add(FieldPath.of(violation.getPropertyPath()), violation.getMessage());
        }
        if (request instanceof Validatable validatable) {
            validatable.check(faults);
        }
        return request;
    }

    private static void checkNames(ObjectNode object, Class<? extends Record> type, String path, Faults faults) {
        List<String> known = Arrays.stream(type.getRecordComponents())
                .map(RecordComponent::getName)
                .toList();
        for (String name : object.propertyNames()) {
            if (!known.contains(name)) {
                faults.add(path + name, "is unknown; known fields: " + String.join(", ", known));
            }
        }
    }

    private static <T extends Record> T bind(ObjectNode object, Class<T> type, String path, Faults faults) {
        checkNames(object, type, path, faults);
        RecordComponent[] components = type.getRecordComponents();
        @Nullable Object[] values = new @Nullable Object[components.length];
        for (int i = 0; i < components.length; i++) {
            JsonNode value = object.get(components[i].getName());
            if (value != null && !value.isNull()) {
                values[i] = convert(value, components[i].getGenericType(), path + components[i].getName(), faults);
            }
        }
        return BeanUtils.instantiateClass(BeanUtils.getResolvableConstructor(type), values);
    }

    private static @Nullable Object convert(JsonNode value, Type type, String field, Faults faults) {
        if (type == String.class && value.isString()) {
            return wellFormed(value.stringValue(), field, faults);
        }
        if (type == Boolean.class && value.isBoolean()) {
            return value.booleanValue();
        }
        if (type == Integer.class && value.isIntegralNumber() && value.canConvertToInt()) {
            return value.intValue();
        }
        if (type == Long.class && value.isIntegralNumber() && value.canConvertToLong()) {
            return value.longValue();
        }
        if (type == Double.class && isFinite(value)) {
            return value.doubleValue();
        }
        if (type == JsonNode.class) {
            return value;
        }
        if (type instanceof Class<?> nested && nested.isRecord() && value instanceof ObjectNode object) {
            return bind(object, nested.asSubclass(Record.class), field + ".", faults);
        }
        if (isOf(List.class, type) && value.isArray()) {
            return ((ParameterizedType) type).getActualTypeArguments()[0] == JsonNode.class
                    ? List.copyOf(value.values())
                    : texts(value, field, faults);
        }
        if (isOf(Map.class, type) && value instanceof ObjectNode object) {
            return textsByKey(object, field, faults);
        }
        faults.add(field, "must be " + expected(type) + ", not " + found(value));
        return null;
    }

    /** Whether the number is in the range of a double. */
    private static boolean isFinite(JsonNode value) {
        return value.isNumber() && Double.isFinite(value.doubleValueOpt().orElse(Double.NaN));
    }

    /** An invalid element becomes an empty text, so that the elements after it keep their index. */
    private static List<String> texts(JsonNode array, String field, Faults faults) {
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < array.size(); i++) {
            Object text = convert(array.get(i), String.class, field + "[" + i + "]", faults);
            texts.add(text instanceof String valid ? valid : "");
        }
        return texts;
    }

    private static Map<String, String> textsByKey(ObjectNode object, String field, Faults faults) {
        Map<String, String> texts = new LinkedHashMap<>();
        for (String key : object.propertyNames()) {
            if (convert(object.get(key), String.class, field + "." + key, faults) instanceof String valid) {
                texts.put(key, valid);
            }
        }
        return texts;
    }

    /** An unpaired surrogate cannot be encoded as UTF-8, so it could not be sent back. */
    private static @Nullable String wellFormed(String text, String field, Faults faults) {
        if (StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
            return text;
        }
        faults.add(field, "must not contain an unpaired surrogate");
        return null;
    }

    private static boolean isOf(Class<?> raw, Type type) {
        return type instanceof ParameterizedType parameterized && parameterized.getRawType() == raw;
    }

    private static String expected(Type type) {
        if (type == String.class) {
            return "text";
        }
        if (type == Boolean.class) {
            return "true or false";
        }
        if (type == Integer.class || type == Long.class) {
            return "an integer in the supported range";
        }
        if (type == Double.class) {
            return "a number in the supported range";
        }
        return isOf(List.class, type) ? "a list" : "an object";
    }

    private static String found(JsonNode value) {
        String text = value.toString();
        return text.length() <= 40 ? text : text.substring(0, 40) + "...";
    }
}
