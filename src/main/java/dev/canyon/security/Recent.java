package dev.canyon.security;

import java.util.LinkedHashMap;
import java.util.Map;

/** Remembers the entries used last; a flood of others costs bounded memory. */
final class Recent<K, V> extends LinkedHashMap<K, V> {

    private final int most;

    Recent(int most) {
        super(16, 0.75f, true);
        this.most = most;
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
        return size() > most;
    }
}
