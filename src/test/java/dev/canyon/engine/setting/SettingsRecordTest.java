package dev.canyon.engine.setting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SettingsRecordTest {

    /** A record of settings with another one in it. */
    public record Outer(
            @Setting(title = "Name", text = "Required.", min = 1, max = 5)
            String name,

            @Setting(title = "Delay", text = "Optional.", max = 1000, defaultsTo = "20")
            Duration delay,

            @Setting(title = "Inner", text = "A nested object.", defaultsTo = "", changesSocket = true)
            Inner inner,

            @Nullable Object noSetting) {

        private static final SettingsRecord<Outer> FIELDS = SettingsRecord.of(Outer.class);

        public Outer {
            FIELDS.check(name, delay, inner, noSetting);
        }
    }

    public record Inner(
            @Setting(title = "Count", text = "A number.", min = 1, max = 9, defaultsTo = "3")
            int count,

            @Setting(title = "On", text = "A switch.", defaultsTo = "false")
            boolean on) {

        private static final SettingsRecord<Inner> FIELDS = SettingsRecord.of(Inner.class);

        public Inner {
            FIELDS.check(count, on);
        }
    }

    private static final SettingsRecord<Outer> OUTER = SettingsRecord.of(Outer.class);

    private final Map<String, String> faults = new LinkedHashMap<>();

    @Test
    void leftOutAndNullAreTheDefaultAlsoInANestedObject() {
        Map<String, Object> plain = new LinkedHashMap<>(Map.of("name", "a", "inner", Map.of("on", true)));
        plain.put("delayMs", null);
        Outer read = OUTER.read(plain, "", faults::put);
        assertThat(read).isEqualTo(new Outer("a", Duration.ofMillis(20), new Inner(3, true), null));
        assertThat(SettingsRecord.valuesOf(Objects.requireNonNull(read)))
                .isEqualTo(Map.of("name", "a", "delayMs", 20L, "inner", Map.of("count", 3, "on", true)));
        assertThat(OUTER.with(Map.of("name", "b")).inner()).isEqualTo(new Inner(3, false));
    }

    @Test
    void everyFaultIsReportedWithItsPath() {
        Map<String, Object> plain =
                Map.of("name", "toolong", "delayMs", 1001, "x", 1, "inner", Map.of("count", "1", "on", 1, "y", 1));
        assertThat(OUTER.read(plain, "block.", faults::put)).isNull();
        assertThat(faults)
                .containsOnly(
                        Map.entry("block.x", "is unknown; known fields: name, delayMs, inner"),
                        Map.entry("block.name", "must have 1 to 5 characters, not 7"),
                        Map.entry("block.delayMs", "must be an integer from 0 to 1000, not 1001"),
                        Map.entry("block.inner.y", "is unknown; known fields: count, on"),
                        Map.entry("block.inner.count", "must be an integer from 1 to 9, not \"1\""),
                        Map.entry("block.inner.on", "must be true or false, not 1"));
        faults.clear();
        assertThat(OUTER.read(Map.of("inner", List.of()), "", faults::put)).isNull();
        assertThat(faults)
                .containsOnly(Map.entry("name", "is required"), Map.entry("inner", "must be an object, not a list"));
    }

    @Test
    void aMisspeltNameIsFoundWhateverItsValue() {
        Map<String, Object> patch = new LinkedHashMap<>();
        patch.put("nam", null);
        patch.put("inner", Map.of("cout", 1, "count", "not looked at"));
        OUTER.fieldSet().checkNames(patch, "", faults::put);
        assertThat(faults).containsOnlyKeys("nam", "inner.cout");
    }

    @Test
    void noRecordHasAValueOutOfRange() {
        assertThatThrownBy(() -> new Inner(10, true))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("count: must be an integer from 1 to 9, not 10");
        assertThatThrownBy(() -> new Outer("", Duration.ZERO, new Inner(1, true), null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("name: must have 1 to 5 characters, not 0");
        assertThatThrownBy(() -> OUTER.fieldSet().get("nam")).hasMessageContaining("no field 'nam'");
    }

    @Test
    void aConstructorThatForgetsAComponentFailsAtOnce() {
        assertThatThrownBy(() -> SettingsRecord.of(Inner.class).check(1))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("all 2 components of Inner must be checked, not 1");
    }

    @Test
    void knowsWhichChangesNeedAnotherSocket() {
        Outer before = OUTER.with(Map.of("name", "a"));
        assertThat(SettingsRecord.needsNewSocket(before, OUTER.with(Map.of("name", "b", "delayMs", 1))))
                .isFalse();
        assertThat(SettingsRecord.needsNewSocket(before, OUTER.with(Map.of("name", "a", "inner", Map.of("count", 4)))))
                .isTrue();
    }

    /** One value is shared by all records that have the default. */
    @Test
    void aMapThatWasReadCannotBeModified() {
        TextMap type = new TextMap(2, Text.matching(1, 9, ".*", ""), Text.matching(0, 9, ".*", ""));
        Map<?, ?> read = (Map<?, ?>) Objects.requireNonNull(type.read(type.fromText(""), "labels", faults::put));
        assertThat(read).isUnmodifiable();
    }

    @Test
    void aValueInAMessageIsShortAndPrintable() {
        assertThat(ValueType.show("a\u001b[31m\ud800b")).isEqualTo("\"a\\u001b[31m\\ud800b\"");
        assertThat(ValueType.show("x".repeat(100))).isEqualTo("\"" + "x".repeat(39) + "...");
        assertThat(ValueType.show(Map.of())).isEqualTo("an object");
    }
}
