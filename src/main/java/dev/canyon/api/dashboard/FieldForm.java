package dev.canyon.api.dashboard;

import dev.canyon.engine.setting.Block;
import dev.canyon.engine.setting.Choice;
import dev.canyon.engine.setting.DecimalNumber;
import dev.canyon.engine.setting.Field;
import dev.canyon.engine.setting.ObjectList;
import dev.canyon.engine.setting.OneOf;
import dev.canyon.engine.setting.OneOf.KindOf;
import dev.canyon.engine.setting.Text;
import dev.canyon.engine.setting.ValueType;
import dev.canyon.engine.setting.WholeNumber;
import dev.canyon.net.Protocol;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a form needs to know about a field. */
final class FieldForm {

    private FieldForm() {}

    /** @param path the name on the wire, with the names of the objects around it: {@code tcp.backlog} */
    static Map<String, @Nullable Object> describe(String path, Field field) {
        ValueType type = field.type();
        Map<String, @Nullable Object> form = new LinkedHashMap<>();
        form.put("path", path);
        // A list of objects is edited as JSON, unlike one of texts.
        form.put("type", type instanceof ObjectList ? "objects" : type.word());
        form.put("unit", null);
        form.put("minimum", null);
        form.put("maximum", null);
        if (type instanceof WholeNumber number) {
            String unit = number.unit().symbol();
            form.put("unit", unit.isEmpty() ? null : unit);
            form.put("minimum", number.min());
            form.put("maximum", number.max());
        } else if (type instanceof DecimalNumber number) {
            form.put("minimum", number.min());
            form.put("maximum", number.max());
        }
        form.put("default", field.plainDefault());
        // Null stands for the default everywhere.
        form.put("nullable", false);
        form.put("required", field.required());
        form.put("protocol", null);
        form.put("title", field.title());
        form.put("description", field.text());
        form.put("changesSocket", field.changesSocket());
        List<String> words = wordsOf(type);
        if (!words.isEmpty()) {
            form.put("values", words);
        }
        if (type instanceof Block block) {
            form.put(
                    "fields",
                    block.settings().fieldSet().fields().stream()
                            .map(inner -> describe(path + "." + inner.name(), inner))
                            .toList());
        }
        if (type instanceof OneOf kinds) {
            form.put("discriminator", kinds.discriminator());
            form.put(
                    "kinds",
                    kinds.kinds().values().stream()
                            .map(kind -> describe(path, kinds, kind))
                            .toList());
        }
        return form;
    }

    private static Map<String, Object> describe(String path, OneOf kinds, KindOf<?> kind) {
        Map<String, Object> form = new LinkedHashMap<>();
        form.put("name", kind.name());
        form.put("text", kind.text());
        form.put(
                "protocols",
                Arrays.stream(Protocol.values())
                        .filter(kind.protocols()::contains)
                        .map(Protocol::toString)
                        .toList());
        form.put(
                "fields",
                kind.fields().stream()
                        .map(inner -> describe(path + "." + inner.name(), inner))
                        .toList());
        form.put("example", kind.example(kinds.discriminator()));
        return form;
    }

    private static List<String> wordsOf(ValueType type) {
        if (type instanceof Choice choice) {
            return choice.words();
        }
        return type instanceof Text text ? text.words() : List.of();
    }
}
