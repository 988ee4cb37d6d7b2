package dev.canyon.api.http;

import dev.canyon.api.json.Faults;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.springframework.util.MultiValueMap;

/**
 * The query parameters of a collection that takes no others.
 *
 * @param limit 1 to 1000
 */
public record PageQuery(int limit, @Nullable String cursor) {

    /** @throws dev.canyon.api.problem.InvalidRequestException for a wrong limit or any other parameter */
    public static PageQuery of(MultiValueMap<String, String> parameters) {
        Faults faults = new Faults();
        QueryParameters.check(parameters, List.of("limit", "cursor"), faults);
        PageQuery query =
                new PageQuery(PageLimit.of(parameters.getFirst("limit"), faults), parameters.getFirst("cursor"));
        faults.throwIfAny();
        return query;
    }

    /**
     * The id of the last item of the previous page, for a collection whose keys are {@link NumericId numeric ids}; empty if
     * there is no cursor.
     *
     * @throws dev.canyon.api.problem.RefusedException if the cursor is not valid
     */
    public OptionalLong lastId() {
        if (cursor == null) {
            return OptionalLong.empty();
        }
        OptionalLong id = NumericId.parse(Cursor.key(cursor));
        if (id.isEmpty()) {
            throw Cursor.invalid(cursor);
        }
        return id;
    }
}
