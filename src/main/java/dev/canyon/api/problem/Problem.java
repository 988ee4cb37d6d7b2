package dev.canyon.api.problem;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.canyon.net.WireName;
import io.swagger.v3.oas.annotations.media.Schema;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import tools.jackson.databind.json.JsonMapper;

/**
 * An error response (RFC 9457).
 *
 * @param type {@code urn:canyon:problem:} followed by the code
 * @param title the same for every problem of the code
 * @param detail the cause, and how to correct it
 * @param errors every fault of an invalid request
 * @param holder the listener that occupies the endpoint
 * @param limit name of the limit reached
 * @param requestId identifies the error in the log
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Problem(
        @Schema(example = "urn:canyon:problem:port-in-use") URI type,
        @Schema(example = "The port is in use") String title,
        @Schema(example = "409") int status,

        @Schema(example = "127.0.0.1:7010 is in use by another socket: stop that program or choose another port")
        String detail,

        @Schema(example = "port-in-use") String code,
        @Nullable List<Fault> errors,
        @Nullable String holder,
        @Nullable String limit,
        @Nullable String requestId) {

    private static final JsonMapper MAPPER = JsonMapper.shared();

    private static final List<ProblemCode> GENERAL = List.of(
            ProblemCode.INVALID_REQUEST,
            ProblemCode.NOT_FOUND,
            ProblemCode.METHOD_NOT_ALLOWED,
            ProblemCode.NOT_ACCEPTABLE,
            ProblemCode.PAYLOAD_TOO_LARGE,
            ProblemCode.UNSUPPORTED_MEDIA_TYPE,
            ProblemCode.INTERNAL);

    public static Problem of(ProblemCode code, String detail) {
        return new Problem(
                URI.create("urn:canyon:problem:" + code.word()),
                code.title(),
                code.status().value(),
                detail,
                code.word(),
                null,
                null,
                null,
                null);
    }

    /** For errors known only by their status: the general code of that status, or else its reason phrase as a code. */
    static Problem forStatus(int status, String detail) {
        for (ProblemCode code : GENERAL) {
            if (code.status().value() == status) {
                return of(code, detail);
            }
        }
        HttpStatus known = HttpStatus.resolve(status);
        String title = known == null ? "The request was rejected" : known.getReasonPhrase();
        String word = known == null ? "refused" : WireName.of(known);
        return new Problem(
                URI.create("urn:canyon:problem:" + word), title, status, detail, word, null, null, null, null);
    }

    Problem withErrors(List<Fault> faults) {
        return new Problem(type, title, status, detail, code, List.copyOf(faults), holder, limit, requestId);
    }

    Problem withHolder(String listener) {
        return new Problem(type, title, status, detail, code, errors, listener, limit, requestId);
    }

    Problem withLimit(String name) {
        return new Problem(type, title, status, detail, code, errors, holder, name, requestId);
    }

    Problem withRequestId(String id) {
        return new Problem(type, title, status, detail, code, errors, holder, limit, id);
    }

    byte[] toJson() {
        return MAPPER.writeValueAsBytes(this);
    }

    ResponseEntity<Object> toResponse() {
        return ResponseEntity.status(status)
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(this);
    }
}
