package dev.canyon.listener;

/** Another enabled listener of ours has the endpoint, or one that overlaps it. */
public final class EndpointTakenException extends RuntimeException {

    private final String holder;

    EndpointTakenException(String endpoint, String holder) {
        super(endpoint + " overlaps the endpoint of listener '" + holder + "'");
        this.holder = holder;
    }

    /** The name of the listener that has it. */
    public String holder() {
        return holder;
    }
}
