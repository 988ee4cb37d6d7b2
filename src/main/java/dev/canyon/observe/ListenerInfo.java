package dev.canyon.observe;

import dev.canyon.engine.endpoint.BoundEndpoint;
import dev.canyon.listener.directory.ListenerSnapshot;
import dev.canyon.net.IpText;
import dev.canyon.net.ListenAddress;
import io.prometheus.metrics.model.snapshots.InfoSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot.InfoDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Collects {@code canyon_listener_info}: a sample of value 1 for each listener, whose labels are the address and the labels of the
 * listener, for joins with its other metrics. Only here, so that a change of a label starts one new series and not twenty.
 *
 * <p>All samples have the same label names; a label that a listener does not have is empty, which Prometheus treats as absent.
 * With more than {@value #MAX_NAMES} names of labels, those used by the most listeners are kept. So neither the width of a sample
 * nor the size of a scrape depends on what users invent.
 */
final class ListenerInfo {

    static final int MAX_NAMES = 32;

    private static final String PREFIX = "label_";
    private static final Pattern UNSAFE = Pattern.compile("[^a-zA-Z0-9_]");

    private static final Comparator<Map.Entry<String, Integer>> MOST_USED =
            Map.Entry.<String, Integer>comparingByValue().reversed().thenComparing(Map.Entry.comparingByKey());

    private final List<Row> rows = new ArrayList<>();
    private final Map<String, String> safeNames = new HashMap<>();
    private final Map<String, Integer> uses = new HashMap<>();

    /** @param labels by safe name */
    private record Row(String listener, String protocol, String address, int port, Map<String, String> labels) {

        Labels toLabels(List<String> names) {
            return Labels.of(
                    Stream.concat(Stream.of("listener", "protocol", "address", "port"), names.stream())
                            .toArray(String[]::new),
                    Stream.concat(
                                    Stream.of(listener, protocol, address, String.valueOf(port)),
                                    names.stream().map(name -> labels.getOrDefault(name, "")))
                            .toArray(String[]::new));
        }
    }

    void add(ListenerSnapshot listener) {
        Map<String, String> labels = bySafeName(listener.definition().labels());
        labels.keySet().forEach(name -> uses.merge(name, 1, Integer::sum));
        BoundEndpoint open = listener.state().endpoint();
        ListenAddress wanted = listener.definition().endpoint().address();
        rows.add(new Row(
                listener.name(),
                listener.definition().protocol().toString(),
                open == null ? wanted.host() : IpText.of(open.address().getAddress()),
                open == null ? wanted.port() : open.address().getPort(),
                labels));
    }

    /** If several keys have the same safe name, the key that needed no change is used, otherwise the first one. */
    private Map<String, String> bySafeName(Map<String, String> labels) {
        if (labels.isEmpty()) {
            return Map.of();
        }
        Map<String, String> bySafeName = new HashMap<>();
        labels.forEach((key, value) -> {
            String name = safeNames.computeIfAbsent(
                    key, unsafe -> PREFIX + UNSAFE.matcher(unsafe).replaceAll("_"));
            if (name.endsWith(key)) {
                bySafeName.put(name, value);
            } else {
                bySafeName.putIfAbsent(name, value);
            }
        });
        return bySafeName;
    }

    InfoSnapshot snapshot() {
        List<String> names = uses.entrySet().stream()
                .sorted(MOST_USED)
                .limit(MAX_NAMES)
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
        InfoSnapshot.Builder info =
                InfoSnapshot.builder().name("canyon_listener").help("Address and labels of the listener");
        rows.forEach(row -> info.dataPoint(new InfoDataPointSnapshot(row.toLabels(names))));
        return info.build();
    }
}
