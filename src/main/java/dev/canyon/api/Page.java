package dev.canyon.api;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One page of a collection.
 *
 * @param nextCursor asks for what comes next; null if this is the end
 */
record Page<T>(
        List<T> items, @Schema(nullable = true) @Nullable String nextCursor) {

    /** Takes one more than the limit, to know whether there is a next page. */
    static <T> Page<T> of(Stream<T> rest, int limit, Function<T, String> key) {
        List<T> found = rest.limit(limit + 1L).toList();
        if (found.size() <= limit) {
            return new Page<>(found, null);
        }
        List<T> page = found.subList(0, limit);
        return new Page<>(page, Cursor.after(key.apply(page.get(limit - 1))));
    }

    <R> Page<R> map(Function<T, R> view) {
        return new Page<>(items.stream().map(view).toList(), nextCursor);
    }
}
