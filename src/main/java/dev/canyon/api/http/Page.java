package dev.canyon.api.http;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One page of a collection.
 *
 * @param nextCursor the cursor of the next page; null on the last page
 */
public record Page<T>(List<T> items, @Nullable String nextCursor) {

    /** Reads one item more than the limit to find out whether there is a next page. */
    public static <T> Page<T> of(Stream<T> rest, int limit, Function<T, String> key) {
        List<T> found = rest.limit(limit + 1L).toList();
        if (found.size() <= limit) {
            return new Page<>(found, null);
        }
        List<T> page = found.subList(0, limit);
        return new Page<>(page, Cursor.after(key.apply(page.get(limit - 1))));
    }

    public <R> Page<R> map(Function<T, R> view) {
        return new Page<>(items.stream().map(view).toList(), nextCursor);
    }
}
