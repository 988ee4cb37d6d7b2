package dev.canyon.api.dashboard;

import dev.canyon.engine.fault.type.FaultTree;
import dev.canyon.engine.fault.type.FaultTypes;
import dev.canyon.engine.fault.type.FaultTypes.FaultType;
import dev.canyon.engine.setting.Field;
import dev.canyon.net.Protocol;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the form of a fault needs to know: the fields that all types share, and the types with their own fields. */
final class FaultForm {

    private FaultForm() {}

    static Map<String, Object> describe() {
        Map<String, Object> form = new LinkedHashMap<>();
        form.put("common", describe(FaultTree.commonFields()));
        form.put("types", FaultTypes.all().stream().map(FaultForm::describe).toList());
        return form;
    }

    private static Map<String, Object> describe(FaultType<?> type) {
        Map<String, Object> form = new LinkedHashMap<>();
        form.put("name", type.name());
        form.put("text", type.text());
        form.put("protocols", type.protocols().stream().map(Protocol::toString).toList());
        form.put("fields", describe(type.settings().fieldSet().fields()));
        form.put(
                "common", FaultTree.commonFields(type).stream().map(Field::name).toList());
        form.put("example", type.example());
        return form;
    }

    private static List<Map<String, @Nullable Object>> describe(List<Field> fields) {
        return fields.stream()
                .map(field -> FieldForm.describe(field.name(), field))
                .toList();
    }
}
