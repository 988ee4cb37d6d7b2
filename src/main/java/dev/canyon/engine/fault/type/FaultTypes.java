package dev.canyon.engine.fault.type;

import dev.canyon.engine.fault.AcceptEffect;
import dev.canyon.engine.fault.ActiveFault;
import dev.canyon.engine.fault.FaultEffect;
import dev.canyon.engine.fault.HandshakeEffect;
import dev.canyon.engine.fault.datagram.DatagramEffect;
import dev.canyon.engine.fault.stream.StreamEffect;
import dev.canyon.engine.setting.SettingsRecord;
import dev.canyon.net.Protocol;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** All types of faults. */
public final class FaultTypes {

    /** The longest time that anything may be held back: 10 minutes. */
    static final long MAX_DELAY_MILLIS = 600_000;

    private static final List<FaultType<?>> ALL = List.of(
            type("latency", Latency.class, "Holds it back.", Map.of("delayMs", 200, "jitterMs", 50)),
            type("bandwidth", Bandwidth.class, "Limits the rate.", Map.of("bytesPerSecond", 16_000)),
            type("slice", Slice.class, "Cuts replies into segments.", Map.of("bytes", 10, "delayMs", 20)),
            type("corrupt", Corrupt.class, "Flips bits.", Map.of("bits", 1)),
            type("limit", Limit.class, "Ends replies after so many bytes.", Map.of("bytes", 100, "then", "reset")),
            type("disconnect", Disconnect.class, "Ends the connection.", Map.of("afterMs", 0, "mode", "reset")),
            type("half-close", HalfClose.class, "Sends FIN and continues to read.", Map.of("afterBytes", 10)),
            type("silence", Silence.class, "Reads and never answers.", Map.of()),
            type("stall", Stall.class, "Never reads.", Map.of()),
            type("ignore-fin", IgnoreFin.class, "Answers the client's FIN late or never.", Map.of("delayMs", 30_000)),
            type("handshake-fail", HandshakeFail.class, "Fails TLS handshakes.", Map.of("how", "alert")),
            type("no-accept", NoAccept.class, "Accepts nobody.", Map.of()),
            type("refuse", Refuse.class, "Refuses connects.", Map.of()),
            type("drop", Drop.class, "Drops datagrams.", Map.of()),
            type(
                    "burst-loss",
                    BurstLoss.class,
                    "Drops datagrams in bursts.",
                    Map.of("enterProbability", 0.01, "exitProbability", 0.3)),
            type(
                    "duplicate",
                    Duplicate.class,
                    "Sends copies of datagrams, or of replies on TCP with framing.",
                    Map.of("copies", 1)),
            type("reorder", Reorder.class, "Lets later datagrams overtake.", Map.of("byDatagrams", 3)),
            type("truncate", Truncate.class, "Cuts datagrams short.", Map.of("bytes", 20)));

    private static final Map<String, FaultType<?>> BY_NAME = ALL.stream()
            .collect(Collectors.toMap(FaultType::name, Function.identity(), (a, b) -> a, LinkedHashMap::new));

    private FaultTypes() {}

    /**
     * A type of faults.
     *
     * @param name in the API
     * @param text one sentence
     * @param example values of its own fields that work
     */
    public record FaultType<R extends Record & FaultEffect>(
            String name, SettingsRecord<R> settings, Class<R> effect, String text, Map<String, Object> example) {

        /** The protocols that it can be applied to. */
        public Set<Protocol> protocols() {
            Set<Protocol> protocols = EnumSet.noneOf(Protocol.class);
            if (StreamEffect.class.isAssignableFrom(effect)
                    || HandshakeEffect.class.isAssignableFrom(effect)
                    || AcceptEffect.class.isAssignableFrom(effect)) {
                protocols.add(Protocol.TCP);
            }
            if (DatagramEffect.class.isAssignableFrom(effect)) {
                protocols.add(Protocol.UDP);
            }
            return protocols;
        }

        /** Whether it concerns all clients alike, so that subjects and sources cannot be chosen. */
        public boolean concernsAll() {
            return AcceptEffect.class.isAssignableFrom(effect);
        }
    }

    private static <R extends Record & FaultEffect> FaultType<R> type(
            String name, Class<R> effect, String text, Map<String, Object> example) {
        return new FaultType<>(name, SettingsRecord.of(effect), effect, text, example);
    }

    public static List<FaultType<?>> all() {
        return ALL;
    }

    /** All types by their names. */
    public static Map<String, FaultType<?>> byName() {
        return BY_NAME;
    }

    /** @throws IllegalArgumentException if there is no such type */
    public static FaultType<?> of(String name) {
        FaultType<?> type = BY_NAME.get(name);
        if (type == null) {
            throw new IllegalArgumentException("no type '" + name + "' of faults");
        }
        return type;
    }

    /** The names of the types that can be applied to a protocol. */
    public static List<String> namesFor(Protocol protocol) {
        return ALL.stream()
                .filter(type -> type.protocols().contains(protocol))
                .map(FaultType::name)
                .toList();
    }

    /** The name of the type of an effect. */
    public static String nameOf(FaultEffect effect) {
        return nameOf(effect.getClass());
    }

    /** The name of the type whose effects have a class. */
    public static String nameOf(Class<? extends FaultEffect> effect) {
        return ALL.stream()
                .filter(type -> type.effect().equals(effect))
                .findFirst()
                .orElseThrow()
                .name();
    }

    /** The names of the types of faults by their ids, in the same order. */
    public static Map<String, String> byId(List<ActiveFault> faults) {
        Map<String, String> types = new LinkedHashMap<>();
        faults.forEach(active -> types.put(active.id(), nameOf(active.fault().effect())));
        return types;
    }
}
