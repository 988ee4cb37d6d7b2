package dev.canyon.engine.setting;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A record whose components are described by {@link Setting}: reads it from plain values, writes it, and checks ranges.
 *
 * <p>Component types: {@code int}, {@code long}, {@code double}, {@code boolean}, enums, {@link Duration}, {@link String}, a map of text, a list of
 * text or of {@link dev.canyon.net.Cidr}, records of settings, and sealed interfaces of such records, see {@link OneOf}. Components
 * without the annotation are not fields.
 */
public final class SettingsRecord<R extends Record> {

    private static final ClassValue<SettingsRecord<?>> CACHE = new ClassValue<>() {
        @Override
        protected SettingsRecord<?> computeValue(Class<?> type) {
            return new SettingsRecord<>(type.asSubclass(Record.class));
        }
    };

    private final RecordComponent[] components;
    private final @Nullable Field[] fieldOf;
    private final FieldSet fields;
    private final Constructor<R> constructor;

    private SettingsRecord(Class<R> type) {
        this.components = type.getRecordComponents();
        this.fieldOf = Arrays.stream(components).map(SettingsRecord::describe).toArray(Field[]::new);
        this.fields =
                new FieldSet(Arrays.stream(fieldOf).filter(Objects::nonNull).toList());
        try {
            this.constructor = type.getDeclaredConstructor(
                    Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
        } catch (NoSuchMethodException ex) {
            throw new IllegalStateException("every record has a canonical constructor", ex);
        }
    }

    @SuppressWarnings("unchecked") // the cache computes the value for a class from that class
    public static <R extends Record> SettingsRecord<R> of(Class<R> type) {
        return (SettingsRecord<R>) CACHE.get(type);
    }

    public FieldSet fieldSet() {
        return fields;
    }

    /**
     * Reads a record. What is left out or null has its default.
     *
     * @param prefix the path of the object, empty or with a dot at its end
     * @return null if an error was reported
     */
    public @Nullable R read(Map<?, ?> plain, String prefix, FaultReport faults) {
        FaultFlag flag = new FaultFlag(faults);
        Map<String, Object> values = fields.read(plain, prefix, flag);
        if (flag.isRaised()) {
            return null;
        }
        try {
            return create(values);
        } catch (SettingException ex) {
            flag.add(prefix + ex.field(), ex.problem());
            return null;
        }
    }

    /**
     * The defaults with some values replaced, by their names on the wire.
     *
     * @throws IllegalArgumentException names the field that is unknown, has the wrong type or is out of range
     */
    public R with(Map<String, ?> plain) {
        return create(fields.read(plain, "", FaultReport.failFast()));
    }

    /** Creates a record from values of its components by field name, as {@link FieldSet#read} returns them. */
    public R create(Map<String, Object> values) {
        @Nullable
        Object[] arguments = Arrays.stream(fieldOf)
                .map(field -> field == null ? null : values.get(field.name()))
                .toArray();
        try {
            return constructor.newInstance(arguments);
        } catch (InvocationTargetException ex) {
            if (ex.getCause() instanceof RuntimeException refusal) {
                throw refusal;
            }
            throw new IllegalStateException(ex);
        } catch (ReflectiveOperationException ex) {
            throw new IllegalStateException(ex);
        }
    }

    /** The fields of a record as plain values, in their order. */
    public static Map<String, Object> valuesOf(Record settings) {
        SettingsRecord<?> type = CACHE.get(settings.getClass());
        Map<String, Object> values = new LinkedHashMap<>();
        for (int i = 0; i < type.components.length; i++) {
            Field field = type.fieldOf[i];
            Object value = field == null ? null : type.valueOf(settings, i);
            if (field != null && value != null) {
                values.put(field.name(), field.type().write(value));
            }
        }
        return values;
    }

    /** Whether two records of one type differ in a field that only another listening socket can change. */
    public static boolean needsNewSocket(Record before, Record after) {
        SettingsRecord<?> type = CACHE.get(before.getClass());
        for (int i = 0; i < type.components.length; i++) {
            Field field = type.fieldOf[i];
            if (field != null
                    && field.changesSocket()
                    && !Objects.equals(type.valueOf(before, i), type.valueOf(after, i))) {
                return true;
            }
        }
        return false;
    }

    private @Nullable Object valueOf(Record settings, int component) {
        try {
            return components[component].getAccessor().invoke(settings);
        } catch (ReflectiveOperationException ex) {
            throw new IllegalStateException(ex);
        }
    }

    /**
     * For the compact constructor of the record.
     *
     * @param values of all components, in their order
     * @throws IllegalArgumentException names the first field that is out of range
     */
    public void check(@Nullable Object... values) {
        if (values.length != components.length) {
            throw new IllegalStateException("all " + components.length + " components of "
                    + constructor.getDeclaringClass().getSimpleName() + " must be checked, not " + values.length);
        }
        for (int i = 0; i < values.length; i++) {
            Field field = fieldOf[i];
            boolean optional = field != null && !field.required() && field.defaultValue() == null;
            if (field != null && !(optional && values[i] == null)) {
                field.type()
                        .check(Objects.requireNonNull(values[i], field.name()), field.name(), FaultReport.failFast());
            }
        }
    }

    private static @Nullable Field describe(RecordComponent component) {
        Setting setting = component.getAnnotation(Setting.class);
        if (setting == null) {
            return null;
        }
        ValueType type = typeOf(component, setting);
        boolean duration = component.getType() == Duration.class;
        boolean required = setting.defaultsTo().equals(Setting.REQUIRED);
        boolean hasDefault = !required && !setting.defaultsTo().equals(Setting.NONE);
        String name = component.getName() + (duration ? "Ms" : "");
        return new Field(
                name,
                type,
                hasDefault ? type.read(type.fromText(setting.defaultsTo()), name, FaultReport.failFast()) : null,
                required,
                setting.title(),
                setting.text(),
                setting.changesSocket(),
                setting.example());
    }

    private static ValueType typeOf(RecordComponent component, Setting setting) {
        Class<?> type = component.getType();
        if (type == int.class) {
            return new WholeNumber(setting.min(), Math.min(setting.max(), Integer.MAX_VALUE), setting.unit(), type);
        }
        if (type == long.class || type == Long.class) {
            return new WholeNumber(setting.min(), setting.max(), setting.unit(), long.class);
        }
        if (type == Duration.class) {
            return new WholeNumber(setting.min(), setting.max(), Unit.MILLISECONDS, type);
        }
        if (type == double.class || type == Double.class) {
            return new DecimalNumber(setting.min(), setting.max());
        }
        if (type.isEnum()) {
            return Choice.of(type.asSubclass(Enum.class));
        }
        if (type == boolean.class) {
            return new Flag();
        }
        if (type == String.class) {
            return Text.matching(setting.min(), setting.max(), setting.pattern(), setting.expected());
        }
        if (type == Map.class) {
            return new TextMap(
                    setting.max(),
                    Text.matching(0, Integer.MAX_VALUE, setting.pattern(), setting.expected()),
                    Text.matching(0, setting.maxValueLength(), ".*", ""));
        }
        if (type == List.class) {
            return isListOfText(component)
                    ? new TextList(
                            setting.min(),
                            setting.max(),
                            Text.matching(1, setting.maxValueLength(), setting.pattern(), setting.expected()))
                    : new AddressRanges(setting.max());
        }
        if (OneOf.isOneOf(type)) {
            return OneOf.of(type);
        }
        if (type.isRecord()) {
            return new Block(of(type.asSubclass(Record.class)));
        }
        throw new IllegalArgumentException("no type of a setting: " + type);
    }

    private static boolean isListOfText(RecordComponent component) {
        return component.getGenericType() instanceof ParameterizedType list
                && list.getActualTypeArguments()[0] == String.class;
    }
}
