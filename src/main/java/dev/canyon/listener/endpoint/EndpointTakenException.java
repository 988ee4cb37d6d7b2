package dev.canyon.listener.endpoint;

/** The endpoint overlaps that of another enabled listener. */
public final class EndpointTakenException extends RuntimeException {

    private final String claimant;
    private final String holder;

    EndpointTakenException(String endpoint, String claimant, String holder) {
        super(endpoint + " overlaps the endpoint of listener '" + holder + "'");
        this.claimant = claimant;
        this.holder = holder;
    }

    /** The name of the listener that wants the endpoint. */
    public String claimant() {
        return claimant;
    }

    /** The name of the other listener. */
    public String holder() {
        return holder;
    }
}
