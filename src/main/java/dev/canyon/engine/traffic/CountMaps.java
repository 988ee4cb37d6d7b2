package dev.canyon.engine.traffic;

import java.util.EnumMap;
import java.util.Map;

/** Adds and subtracts counts by reason. */
final class CountMaps {

    private CountMaps() {}

    static <E extends Enum<E>> Map<E, Long> sum(Class<E> reasons, Map<E, Long> some, Map<E, Long> more) {
        Map<E, Long> sum = new EnumMap<>(reasons);
        sum.putAll(some);
        more.forEach((reason, count) -> sum.merge(reason, count, Long::sum));
        return sum;
    }

    static <E extends Enum<E>> Map<E, Long> difference(Class<E> reasons, Map<E, Long> all, Map<E, Long> earlier) {
        Map<E, Long> difference = new EnumMap<>(reasons);
        all.forEach((reason, count) -> difference.put(reason, count - earlier.getOrDefault(reason, 0L)));
        return difference;
    }
}
