package dev.canyon.listener;

import java.util.Optional;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Stream;

/** Who exists. The only place that says so: beans and managed beans are faces of what stands here. */
final class ListenerRegistry implements ListenerDirectory {

    private final ConcurrentNavigableMap<String, EchoListener> byName = new ConcurrentSkipListMap<>();

    /** @throws ListenerExistsException if the name is taken */
    void reserve(EchoListener listener) {
        if (byName.putIfAbsent(listener.name(), listener) != null) {
            throw new ListenerExistsException(listener.name());
        }
    }

    void remove(EchoListener listener) {
        byName.remove(listener.name(), listener);
    }

    Optional<EchoListener> lookUp(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    EchoListener require(String name) {
        return lookUp(name).orElseThrow(() -> new ListenerNotFoundException(name));
    }

    Stream<EchoListener> listeners() {
        return byName.values().stream();
    }

    @Override
    public Optional<ListenerSnapshot> find(String name) {
        return lookUp(name).map(EchoListener::snapshot);
    }

    @Override
    public Stream<ListenerSnapshot> all() {
        return listeners().map(EchoListener::snapshot);
    }

    @Override
    public Stream<ListenerSnapshot> after(String name) {
        return byName.tailMap(name, false).values().stream().map(EchoListener::snapshot);
    }
}
