package dev.canyon.api.capture;

import dev.canyon.api.http.Cursor;
import dev.canyon.inspect.capture.CapturePage;
import dev.canyon.inspect.capture.CapturePosition;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A page of captured messages in the API. */
@Schema(name = "CapturedMessages", description = "Captured messages, oldest first")
record CapturePageView(
        List<CapturedMessageView> items,

        @Schema(description = "Cursor of the next page, which may not exist yet; never null")
        String nextCursor,

        @Schema(
                description =
                        "Messages evicted between the cursor and the first item; without a cursor, all evicted messages",
                example = "0")
        long evicted) {

    /** At most 18 digits, which fit into a {@code long}. */
    private static final Pattern POSITION = Pattern.compile("(0|[1-9][0-9]{0,17})\\.(0|[1-9][0-9]{0,17})");

    static CapturePageView of(CapturePage page) {
        CapturePosition next = page.next();
        return new CapturePageView(
                page.items().stream().map(CapturedMessageView::of).toList(),
                Cursor.after(next.capture() + "." + next.message()),
                page.evicted());
    }

    /** @throws dev.canyon.api.problem.RefusedException if the cursor is not valid */
    static CapturePosition position(@Nullable String cursor) {
        if (cursor == null) {
            return CapturePosition.START;
        }
        Matcher position = POSITION.matcher(Cursor.key(cursor));
        if (!position.matches()) {
            throw Cursor.invalid(cursor);
        }
        return new CapturePosition(Long.parseLong(position.group(1)), Long.parseLong(position.group(2)));
    }
}
