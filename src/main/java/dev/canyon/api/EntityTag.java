package dev.canyon.api;

import dev.canyon.api.problem.InvalidRequestException;
import dev.canyon.api.problem.ProblemCode;
import dev.canyon.api.problem.RefusedException;
import dev.canyon.listener.ListenerSnapshot;
import java.util.Arrays;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The version of a definition as an ETag, and the conditions that name one (RFC 9110, 8.8.3 and 13.1). */
final class EntityTag {

    /** Possessive: whatever repeats a group otherwise needs stack for each round, and a header can have thousands. */
    private static final Pattern LIST = Pattern.compile("\\*|(?:W/)?\"[^\"]*\"(?:\\s*+,\\s*+(?:W/)?\"[^\"]*\")*+");

    private EntityTag() {}

    static String of(ListenerSnapshot listener) {
        return "\"" + listener.version() + "\"";
    }

    /**
     * The version that an If-Match header allows to change; empty if there is no header or any version will do.
     *
     * @throws RefusedException if the listener is at none of the versions named
     */
    static OptionalLong required(@Nullable String ifMatch, ListenerSnapshot current) {
        if (ifMatch == null) {
            return OptionalLong.empty();
        }
        requireList("If-Match", ifMatch);
        if (ifMatch.equals("*")) {
            return OptionalLong.empty();
        }
        // A weak tag never matches here (RFC 9110, 13.1.1).
        boolean matches = Arrays.stream(ifMatch.split(",")).map(String::strip).anyMatch(of(current)::equals);
        if (!matches) {
            throw new RefusedException(
                    ProblemCode.PRECONDITION_FAILED,
                    "listener '" + current.name() + "' is at " + of(current) + " now, not at " + ifMatch
                            + ": read it again before changing it");
        }
        return OptionalLong.of(current.version());
    }

    /** Whether the caller wants to create only. @throws InvalidRequestException for anything but {@code *} */
    static boolean createOnly(@Nullable String ifNoneMatch) {
        if (ifNoneMatch == null) {
            return false;
        }
        if (!ifNoneMatch.strip().equals("*")) {
            throw new InvalidRequestException("If-None-Match", "must be * here: create, but do not replace");
        }
        return true;
    }

    private static void requireList(String header, String value) {
        if (!LIST.matcher(value).matches()) {
            throw new InvalidRequestException(header, "must be an ETag as it was given, in double quotes, or *");
        }
    }
}
