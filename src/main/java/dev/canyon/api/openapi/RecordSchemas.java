package dev.canyon.api.openapi;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.type.ResolvedType;
import io.swagger.v3.core.converter.AnnotatedType;
import io.swagger.v3.core.converter.ModelConverter;
import io.swagger.v3.core.converter.ModelConverterContext;
import io.swagger.v3.oas.models.media.Schema;
import jakarta.validation.constraints.NotNull;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.core.ResolvableType;

/**
 * Takes from the components of a record which of its fields are always present and which may be null, so that no annotation
 * repeats it: a component that is {@code @Nullable} may be null, or is absent if the record is written without nulls.
 */
final class RecordSchemas implements ModelConverter {

    private static final String REFERENCE = "#/components/schemas/";

    @Override
    @SuppressWarnings("rawtypes") // as in the interface
    public @Nullable Schema resolve(AnnotatedType type, ModelConverterContext context, Iterator<ModelConverter> chain) {
        if (!chain.hasNext()) {
            return null;
        }
        Schema<?> resolved = chain.next().resolve(type, context, chain);
        Class<?> record = rawClass(type.getType());
        if (resolved != null && record.isRecord()) {
            Schema<?> schema = resolved.get$ref() == null
                    ? resolved
                    : context.getDefinedModels().get(resolved.get$ref().substring(REFERENCE.length()));
            if (schema != null && schema.getProperties() != null) {
                describe(record, schema);
            }
        }
        return resolved;
    }

    private static Class<?> rawClass(Type type) {
        return type instanceof ResolvedType resolved
                ? resolved.getRawClass()
                : ResolvableType.forType(type).toClass();
    }

    @SuppressWarnings("rawtypes") // as the properties are declared
    private static void describe(Class<?> record, Schema<?> schema) {
        boolean withoutNulls = isWrittenWithoutNulls(record);
        Map<String, Schema> properties = schema.getProperties();
        List<String> required = new ArrayList<>();
        for (RecordComponent component : record.getRecordComponents()) {
            String name = component.getName();
            Schema<?> property = properties.get(name);
            if (property == null) {
                continue;
            }
            boolean nullable = isNullable(component);
            if (nullable && !withoutNulls) {
                properties.put(name, NullableSchema.of(property));
            }
            if (!nullable || !withoutNulls) {
                required.add(name);
            }
        }
        schema.setRequired(required);
    }

    private static boolean isWrittenWithoutNulls(Class<?> record) {
        JsonInclude include = record.getAnnotation(JsonInclude.class);
        return include != null && include.value() == JsonInclude.Include.NON_NULL;
    }

    /** A required field of a request is null only until the request has been validated. */
    private static boolean isNullable(RecordComponent component) {
        return component.getAnnotatedType().isAnnotationPresent(Nullable.class)
                && !component.getAccessor().isAnnotationPresent(NotNull.class);
    }
}
