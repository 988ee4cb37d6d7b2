package dev.canyon.engine.fault.type;

import dev.canyon.engine.fault.When;
import dev.canyon.engine.setting.FaultReport;
import dev.canyon.engine.setting.Setting;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** {@link When} as plain values: exactly one of the fields has a value. */
public record WhenFields(
        @Setting(title = "Probability", text = "Each one with this probability.", max = 1, defaultsTo = Setting.NONE)
        @Nullable
        Double probability,

        @Setting(
                title = "Every",
                text = "The n-th, 2n-th and so on.",
                min = 1,
                max = MAX_NUMBER,
                defaultsTo = Setting.NONE)
        @Nullable
        Long every,

        @Setting(
                title = "First",
                text = "Only the first n since the fault was added.",
                min = 1,
                max = MAX_NUMBER,
                defaultsTo = Setting.NONE)
        @Nullable
        Long first,

        @Setting(
                title = "After",
                text = "All but the first n since the fault was added.",
                min = 1,
                max = MAX_NUMBER,
                defaultsTo = Setting.NONE)
        @Nullable
        Long after) {

    static final long MAX_NUMBER = (1L << 53) - 1;

    /** @param fields null for always */
    static When read(@Nullable Object fields, String prefix, FaultReport faults) {
        if (!(fields instanceof WhenFields when)) {
            return new When.Always();
        }
        long given = Stream.of(when.probability, when.every, when.first, when.after)
                .filter(Objects::nonNull)
                .count();
        if (given != 1) {
            faults.add(
                    prefix + "when",
                    "must have exactly one of probability, every, first and after, not " + given
                            + "; leave it out for always");
            return new When.Always();
        }
        if (when.probability != null) {
            return new When.Probability(when.probability);
        }
        if (when.every != null) {
            return new When.Every(when.every);
        }
        return when.first != null ? new When.First(when.first) : new When.After(Objects.requireNonNull(when.after));
    }

    /** @return empty for always */
    static Map<String, Object> write(When when) {
        Map<String, Object> fields = new LinkedHashMap<>();
        if (when instanceof When.Probability probability) {
            fields.put("probability", probability.probability());
        } else if (when instanceof When.Every every) {
            fields.put("every", every.n());
        } else if (when instanceof When.First first) {
            fields.put("first", first.n());
        } else if (when instanceof When.After after) {
            fields.put("after", after.n());
        }
        return fields;
    }
}
