package dev.canyon.engine;

import dev.canyon.engine.Endpoints.Opened;
import dev.canyon.engine.fault.Fault;
import dev.canyon.engine.fault.FaultPoint;
import dev.canyon.engine.fault.FaultRefusedException;
import dev.canyon.net.Protocol;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Adds, changes and removes faults at random: temporary ones and those of the definition, with conditions, cycles and lifetimes. */
public final class RandomFaults {

    private static final List<String> IDS = List.of("a", "b", "c", "d", "e", "f");

    private static final List<String> LOSSLESS_TCP = List.of("latency", "bandwidth", "slice", "stall", "ignore-fin");
    private static final List<String> LOSSLESS_UDP = List.of("latency", "bandwidth");
    private static final List<String> ORDERED_UDP = List.of("latency");
    private static final List<String> ANY_TCP = List.of(
            "latency",
            "bandwidth",
            "slice",
            "stall",
            "ignore-fin",
            "corrupt",
            "limit",
            "disconnect",
            "half-close",
            "silence",
            "duplicate",
            "no-accept",
            "refuse");
    private static final List<String> ANY_UDP =
            List.of("latency", "bandwidth", "corrupt", "drop", "burst-loss", "duplicate", "reorder", "truncate");

    private final FaultPoint point;
    private final Random random;
    private final List<String> types;

    private RandomFaults(FaultPoint point, Random random, List<String> types) {
        this.point = point;
        this.random = random;
        this.types = types;
    }

    static RandomFaults any(Opened opened, Random random) {
        return any(opened.faults(), opened.endpoint().protocol(), random);
    }

    /** Whatever a protocol allows. */
    public static RandomFaults any(FaultPoint point, Protocol protocol, Random random) {
        return new RandomFaults(point, random, protocol == Protocol.TCP ? ANY_TCP : ANY_UDP);
    }

    /** Those that lose and change nothing; on UDP datagrams may overtake each other. */
    static RandomFaults lossless(Opened opened, Random random) {
        return new RandomFaults(
                opened.faults(), random, opened.endpoint().protocol() == Protocol.TCP ? LOSSLESS_TCP : LOSSLESS_UDP);
    }

    /** Those of UDP that lose, change and reorder nothing. */
    static RandomFaults keepingOrder(Opened opened, Random random) {
        return new RandomFaults(opened.faults(), random, ORDERED_UDP);
    }

    /** Changes faults until the time has come, then removes all. */
    void run(Duration length) throws InterruptedException {
        long until = System.nanoTime() + length.toNanos();
        while (System.nanoTime() - until < 0) {
            change();
            // Lets traffic flow between changes.
            Thread.sleep(random.nextInt(8));
        }
        point.define(List.of());
        point.removeTemporary();
    }

    /** Adds, replaces or removes faults. */
    public void change() {
        String id = IDS.get(random.nextInt(IDS.size()));
        Duration lifetime = Duration.ofMillis(random.nextInt(3) > 0 ? 0 : 1 + random.nextInt(100));
        try {
            switch (random.nextInt(6)) {
                case 0, 1 -> point.add(fault(id), lifetime);
                case 2 -> point.replace(fault(id), lifetime);
                case 3 -> point.remove(id);
                case 4 -> {
                    List<Fault> defined = random.nextBoolean() ? List.of() : List.of(fault("x"), fault("y"));
                    point.define(defined);
                }
                default -> {
                    if (random.nextInt(4) == 0) {
                        point.removeTemporary();
                    }
                }
            }
        } catch (FaultRefusedException ex) {
            // There already, or not there: another choice follows.
        }
    }

    private Fault fault(String id) {
        String type = types.get(random.nextInt(types.size()));
        Map<String, Object> fields = new LinkedHashMap<>(own(type));
        fields.put("id", id);
        fields.put("seed", random.nextInt(1_000));
        boolean acceptance = type.equals("no-accept") || type.equals("refuse");
        if (!acceptance && random.nextInt(3) == 0) {
            fields.put("when", when());
            put(fields, "per", List.of("listener", "source", "flow").get(random.nextInt(3)));
        }
        if (random.nextInt(4) == 0) {
            fields.put("cycle", Map.of("onMs", 10 + random.nextInt(30), "offMs", 10 + random.nextInt(30)));
        }
        return Faults.fault(
                type,
                fields.entrySet().stream()
                        .flatMap(field -> Stream.of(field.getKey(), field.getValue()))
                        .toArray());
    }

    private Map<String, Object> when() {
        return switch (random.nextInt(4)) {
            case 0 -> Map.of("probability", random.nextDouble());
            case 1 -> Map.of("every", 1 + random.nextInt(4));
            case 2 -> Map.of("first", 1 + random.nextInt(20));
            default -> Map.of("after", 1 + random.nextInt(20));
        };
    }

    /** The fields of a type, so that it does not stop the traffic for long. */
    private Map<String, Object> own(String type) {
        Map<String, Object> fields = new LinkedHashMap<>();
        switch (type) {
            case "latency" -> {
                put(fields, "direction", direction());
                put(fields, "delayMs", random.nextInt(20));
                put(fields, "jitterMs", random.nextInt(3) == 0 ? 0 : random.nextInt(10));
                put(
                        fields,
                        "distribution",
                        List.of("uniform", "normal", "pareto").get(random.nextInt(3)));
                put(fields, "keepOrder", types.equals(ORDERED_UDP) ? true : null);
            }
            case "bandwidth" -> {
                put(fields, "direction", direction());
                put(fields, "bytesPerSecond", 500_000 + random.nextInt(5_000_000));
                put(fields, "burstBytes", random.nextBoolean() ? 0 : 1 + random.nextInt(10_000));
                put(fields, "queueBytes", types.equals(LOSSLESS_UDP) ? 100_000_000 : random.nextInt(10_000));
            }
            case "slice" -> {
                int bytes = 100 + random.nextInt(2_000);
                put(fields, "bytes", bytes);
                put(fields, "variationBytes", random.nextInt(bytes));
                put(fields, "delayMs", random.nextInt(2));
            }
            case "ignore-fin" -> put(fields, "delayMs", random.nextInt(20));
            case "corrupt" -> {
                put(fields, "direction", direction());
                put(fields, "bits", 1 + random.nextInt(5));
                put(fields, "everyBytes", 1 + random.nextInt(2_000));
            }
            case "limit" -> {
                put(fields, "bytes", random.nextInt(100_000));
                put(fields, "then", List.of("fin", "reset", "silence").get(random.nextInt(3)));
            }
            case "disconnect" -> {
                put(fields, "afterMs", random.nextInt(50));
                put(fields, "mode", List.of("fin", "reset").get(random.nextInt(2)));
            }
            case "half-close" -> put(fields, "afterBytes", random.nextInt(100_000));
            case "burst-loss" -> {
                put(fields, "enterProbability", random.nextDouble());
                put(fields, "exitProbability", random.nextDouble());
                put(fields, "lossGood", random.nextDouble() / 10);
            }
            case "duplicate" -> {
                put(fields, "direction", types.equals(ANY_TCP) ? "out" : direction());
                put(fields, "copies", 1 + random.nextInt(3));
                put(fields, "gapMs", random.nextInt(10));
            }
            case "reorder" -> {
                boolean byDatagrams = random.nextBoolean();
                put(fields, "byDatagrams", byDatagrams ? 1 + random.nextInt(5) : 0);
                put(fields, "byMs", byDatagrams ? 0 : 1 + random.nextInt(10));
                put(fields, "maxHoldMs", 1 + random.nextInt(20));
            }
            case "truncate" -> put(fields, "bytes", random.nextInt(200));
            default -> {}
        }
        return fields;
    }

    private String direction() {
        return random.nextBoolean() ? "in" : "out";
    }

    private static void put(Map<String, Object> fields, String name, @Nullable Object value) {
        if (value != null) {
            fields.put(name, value);
        }
    }
}
