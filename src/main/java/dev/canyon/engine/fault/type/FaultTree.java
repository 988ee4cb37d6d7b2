package dev.canyon.engine.fault.type;

import dev.canyon.engine.fault.AcceptEffect;
import dev.canyon.engine.fault.Cycle;
import dev.canyon.engine.fault.Fault;
import dev.canyon.engine.fault.FaultEffect;
import dev.canyon.engine.fault.FaultEffect.FieldProblem;
import dev.canyon.engine.fault.FaultPoint;
import dev.canyon.engine.fault.Per;
import dev.canyon.engine.fault.When;
import dev.canyon.engine.fault.type.FaultTypes.FaultType;
import dev.canyon.engine.peer.Direction;
import dev.canyon.engine.setting.AddressRanges;
import dev.canyon.engine.setting.Block;
import dev.canyon.engine.setting.Choice;
import dev.canyon.engine.setting.FaultFlag;
import dev.canyon.engine.setting.FaultReport;
import dev.canyon.engine.setting.Field;
import dev.canyon.engine.setting.FieldSet;
import dev.canyon.engine.setting.ObjectList;
import dev.canyon.engine.setting.SettingsRecord;
import dev.canyon.engine.setting.Text;
import dev.canyon.engine.setting.Unit;
import dev.canyon.engine.setting.ValueType;
import dev.canyon.engine.setting.WholeNumber;
import dev.canyon.net.Cidr;
import dev.canyon.net.Protocol;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * A fault as plain values, with the names of the API: the fields that all types have, and those of its own type. What is
 * left out is made up: an id from the type, and a seed.
 */
public final class FaultTree implements ObjectList.Format {

    /** For the faults of a definition: the seed follows from the id, so that the same document has the same meaning twice. */
    public static final FaultTree DEFINED = new FaultTree(id -> Integer.toUnsignedLong(id.hashCode()));

    /** The lifetime of a temporary fault, which is not part of the fault. */
    public static final String LIFETIME = "ttlMs";

    private static final String TYPE = "type";

    private static final List<Field> COMMON = List.of(
            optional(
                    "id",
                    Text.matching(
                            1,
                            63,
                            "[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?",
                            "1 to 63 of a-z, 0-9 and -, a letter or digit first and last"),
                    "Id",
                    "Unique in the listener. Derived from the type where left out."),
            optional(
                    "direction",
                    Choice.of(Direction.class),
                    "Direction",
                    "in: what arrives, before it is answered. out: replies. Default out where the type has both."),
            optional(
                    "when",
                    new Block(SettingsRecord.of(WhenFields.class)),
                    "When",
                    "Which connections, datagrams or positions it is applied to; all where left out. Exactly one of its fields."),
            optional(
                    "per",
                    Choice.of(Per.class),
                    "Per",
                    "What the numbers of when count within. Default listener for connections, flow for datagrams and bytes."),
            new Field(
                    "sources",
                    new AddressRanges(256),
                    List.of(),
                    false,
                    "Sources",
                    "CIDR ranges of the clients that it concerns; empty for all.",
                    false,
                    ""),
            optional(
                    "seed",
                    new WholeNumber(0, Fault.MAX_SEED, Unit.NONE, long.class),
                    "Seed",
                    "The same seed and the same traffic give the same faults. Made up where left out."),
            optional(
                    "cycle",
                    new Block(SettingsRecord.of(Cycle.class)),
                    "Cycle",
                    "Alternates between in force and not; always in force where left out."));

    /** The common fields that choose what a fault is applied to. */
    private static final List<String> CHOICES = List.of("direction", "when", "per", "sources");

    private static final Map<String, FieldSet> KINDS = describeKinds();

    private final ToLongFunction<String> seeds;

    /** @param seeds makes up the seed of a fault from its id */
    public FaultTree(ToLongFunction<String> seeds) {
        this.seeds = seeds;
    }

    private static Field optional(String name, ValueType type, String title, String text) {
        return new Field(name, type, null, false, title, text, false, "");
    }

    private static Map<String, FieldSet> describeKinds() {
        Map<String, FieldSet> kinds = new LinkedHashMap<>();
        for (FaultType<?> type : FaultTypes.all()) {
            List<Field> fields = new ArrayList<>(COMMON);
            fields.addAll(type.settings().fieldSet().fields());
            kinds.put(type.name(), new FieldSet(fields));
        }
        return kinds;
    }

    /** The fields that faults have beside those of their type. */
    public static List<Field> commonFields() {
        return COMMON;
    }

    /** Those of the {@link #commonFields()} that faults of a type may have. */
    public static List<Field> commonFields(FaultType<?> type) {
        return COMMON.stream()
                .filter(field -> !type.concernsAll() || !CHOICES.contains(field.name()))
                .toList();
    }

    /** The type of the field {@code faults}. */
    public static ObjectList listType() {
        return new ObjectList(FaultPoint.MAX_FAULTS, DEFINED);
    }

    @Override
    public String discriminator() {
        return TYPE;
    }

    @Override
    public Map<String, FieldSet> kinds() {
        return KINDS;
    }

    @Override
    public @Nullable Fault read(Map<?, ?> plain, String prefix, Set<String> taken, FaultReport faults) {
        FaultType<?> type = typeOf(plain, prefix, faults);
        if (type == null) {
            return null;
        }
        FaultFlag flag = new FaultFlag(faults);
        Map<Object, Object> own = new LinkedHashMap<>(plain);
        own.remove(TYPE);
        if (own.remove(LIFETIME) != null) {
            flag.add(
                    prefix + LIFETIME,
                    "is for temporary faults: add the fault with POST /api/v1/listeners/{name}/faults");
        }
        Map<String, Object> values = fieldsOf(type).read(own, prefix, flag);
        refuseChoices(type, plain, prefix, flag);
        When when = WhenFields.read(values.get("when"), prefix, flag);
        if (flag.isRaised()) {
            return null;
        }
        String id = idOf(type, (String) values.get("id"), taken);
        if (!taken.add(id)) {
            flag.add(prefix + "id", "must be unique in the listener; '" + id + "' occurs twice");
            return null;
        }
        return fault(type, id, when, values, prefix, flag);
    }

    private static FieldSet fieldsOf(FaultType<?> type) {
        FieldSet fields = KINDS.get(type.name());
        if (fields == null) {
            throw new IllegalStateException(type.name());
        }
        return fields;
    }

    private static @Nullable FaultType<?> typeOf(Map<?, ?> plain, String prefix, FaultReport faults) {
        Object name = plain.get(TYPE);
        String known = "; known types: " + String.join(", ", KINDS.keySet());
        if (name == null) {
            faults.add(prefix + TYPE, "is required" + known);
            return null;
        }
        FaultType<?> type = FaultTypes.byName().get(name);
        if (type == null) {
            faults.add(prefix + TYPE, "is unknown: " + ValueType.show(name) + known);
        }
        return type;
    }

    /** A fault of the listening socket concerns all clients, so it can choose neither connections nor sources. */
    private static void refuseChoices(FaultType<?> type, Map<?, ?> plain, String prefix, FaultReport faults) {
        if (type.concernsAll()) {
            for (String name : CHOICES) {
                if (plain.get(name) != null) {
                    faults.add(
                            prefix + name, "is not for " + type.name() + ", which concerns all clients; leave it out");
                }
            }
        }
    }

    private static String idOf(FaultType<?> type, @Nullable String given, Set<String> taken) {
        if (given != null) {
            return given;
        }
        String id = type.name();
        for (int i = 2; taken.contains(id); i++) {
            id = type.name() + "-" + i;
        }
        return id;
    }

    @SuppressWarnings("unchecked") // the types that the fields have
    private @Nullable Fault fault(
            FaultType<?> type, String id, When when, Map<String, Object> values, String prefix, FaultReport faults) {
        FaultEffect effect = (FaultEffect) type.settings().create(values);
        Direction direction = (Direction) values.getOrDefault("direction", defaultDirection(effect));
        if (!effect.directions().contains(direction)) {
            faults.add(
                    prefix + "direction",
                    "must be " + defaultDirection(effect) + " for " + type.name() + ", not " + direction);
            return null;
        }
        Object seed = values.get("seed");
        return new Fault(
                id,
                effect,
                direction,
                when,
                (Per) values.get("per"),
                (List<Cidr>) values.getOrDefault("sources", List.of()),
                seed == null ? seeds.applyAsLong(id) : (long) seed,
                (Cycle) values.get("cycle"));
    }

    private static Direction defaultDirection(FaultEffect effect) {
        return effect.directions().contains(Direction.OUT) ? Direction.OUT : Direction.IN;
    }

    /**
     * Reports the fields that are wrong for a protocol.
     *
     * @param prefix the path of the fault, with a dot at its end
     */
    public static void check(Fault fault, Protocol protocol, String prefix, FaultReport faults) {
        String type = FaultTypes.nameOf(fault.effect());
        if (!FaultTypes.of(type).protocols().contains(protocol)) {
            faults.add(
                    prefix + TYPE,
                    type + " is not for " + protocol + "; types for " + protocol + ": "
                            + String.join(", ", FaultTypes.namesFor(protocol)));
            return;
        }
        Set<Direction> directions = fault.effect().directions(protocol);
        if (!directions.contains(fault.direction())) {
            faults.add(
                    prefix + "direction",
                    "must be " + directions.iterator().next() + " for " + type + " on " + protocol + ", not "
                            + fault.direction());
        }
        FieldProblem problem = fault.effect().problem(protocol);
        if (problem != null) {
            faults.add(prefix + problem.field(), problem.message());
        }
    }

    @Override
    public Map<String, Object> write(Object value) {
        Fault fault = (Fault) value;
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("id", fault.id());
        tree.put(TYPE, FaultTypes.nameOf(fault.effect()));
        boolean concernsAll = fault.effect() instanceof AcceptEffect;
        if (!concernsAll) {
            tree.put("direction", fault.direction().toString());
            Map<String, Object> when = WhenFields.write(fault.when());
            if (!when.isEmpty()) {
                tree.put("when", when);
            }
            if (fault.chosenPer() != null) {
                tree.put("per", fault.chosenPer().toString());
            }
            tree.put("sources", fault.sources().stream().map(String::valueOf).toList());
        }
        tree.put("seed", fault.seed());
        Cycle cycle = fault.cycle();
        if (cycle != null) {
            tree.put("cycle", SettingsRecord.valuesOf(cycle));
        }
        tree.putAll(SettingsRecord.valuesOf((Record) fault.effect()));
        return tree;
    }
}
