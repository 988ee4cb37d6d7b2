package dev.canyon.api.problem;

/** A refusal that arises in the API itself; the domain's own exceptions know no status code. */
public final class RefusedException extends RuntimeException {

    private final ProblemCode code;

    public RefusedException(ProblemCode code, String detail) {
        super(detail);
        this.code = code;
    }

    ProblemCode code() {
        return code;
    }
}
