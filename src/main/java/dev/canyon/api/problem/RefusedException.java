package dev.canyon.api.problem;

/** An error raised by the API itself; exceptions of other packages have no status code. */
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
