package dev.canyon.api;

import dev.canyon.inspect.CapturePage;
import dev.canyon.inspect.CapturePosition;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Some captured messages as they go out. */
@Schema(name = "CapturedMessages", description = "Captured messages, oldest first")
record CapturePageView(
        List<CapturedMessageView> items,

        @Schema(description = "Asks for what comes next, now or later; never null")
        String nextCursor,

        @Schema(
                description =
                        "Messages between the cursor and the first of these that are held no more. Without a cursor:"
                                + " all that were evicted",
                example = "0")
        long evicted) {

    /** As few digits as a number of ours ever has, so that reading them cannot fail. */
    private static final Pattern POSITION = Pattern.compile("(0|[1-9][0-9]{0,17})\\.(0|[1-9][0-9]{0,17})");

    static CapturePageView of(CapturePage page) {
        CapturePosition next = page.next();
        return new CapturePageView(
                page.items().stream().map(CapturedMessageView::of).toList(),
                Cursor.after(next.capture() + "." + next.message()),
                page.evicted());
    }

    /** @throws dev.canyon.api.problem.RefusedException if the cursor is not one of these pages */
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
