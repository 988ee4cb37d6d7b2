package dev.canyon.listener.endpoint;

/** The endpoint overlaps that of another enabled listener. */
public final class EndpointTakenException extends RuntimeException {

    private final String holder;

    EndpointTakenException(String endpoint, String holder) {
        super(endpoint + " overlaps the endpoint of listener '" + holder + "'");
        this.holder = holder;
    }

    /** The name of the other listener. */
    public String holder() {
        return holder;
    }
}
