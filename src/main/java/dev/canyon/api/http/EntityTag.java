package dev.canyon.api.http;

import dev.canyon.api.problem.InvalidRequestException;
import dev.canyon.api.problem.ProblemCode;
import dev.canyon.api.problem.RefusedException;
import dev.canyon.listener.directory.ListenerSnapshot;
import java.util.Arrays;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The version of a definition as an ETag, and conditional headers (RFC 9110, 8.8.3 and 13.1). */
public final class EntityTag {

    /** Possessive quantifiers: others recurse once per tag, and a header can have thousands. */
    private static final Pattern LIST = Pattern.compile("\\*|(?:W/)?\"[^\"]*\"(?:\\s*+,\\s*+(?:W/)?\"[^\"]*\")*+");

    private EntityTag() {}

    public static String of(ListenerSnapshot listener) {
        return "\"" + listener.version() + "\"";
    }

    /**
     * The version that an If-Match header requires; empty if there is no header or any version matches.
     *
     * @throws RefusedException if the header does not match the current version
     */
    public static OptionalLong required(@Nullable String ifMatch, ListenerSnapshot current) {
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
                    "listener '" + current.name() + "' has the ETag " + of(current) + ", not " + ifMatch
                            + ": fetch it again and retry");
        }
        return OptionalLong.of(current.version());
    }

    /** Whether the request may only create. @throws InvalidRequestException for any value other than {@code *} */
    public static boolean createOnly(@Nullable String ifNoneMatch) {
        if (ifNoneMatch == null) {
            return false;
        }
        if (!ifNoneMatch.strip().equals("*")) {
            throw new InvalidRequestException("If-None-Match", "must be *: create, but do not replace");
        }
        return true;
    }

    private static void requireList(String header, String value) {
        if (!LIST.matcher(value).matches()) {
            throw new InvalidRequestException(header, "must be * or an ETag in double quotes");
        }
    }
}
