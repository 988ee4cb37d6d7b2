package dev.canyon.api.stream;

/**
 * The content of an event stream, in the format of server-sent events (HTML standard, section 9.2). Used by one thread at a time; no
 * method blocks.
 */
public interface StreamSource extends AutoCloseable {

    /** Whether {@link #next} has something to send. */
    boolean hasPending();

    /** Whether everything has been sent and nothing will follow: the stream ends. */
    boolean isExhausted();

    /** The next chunk, at most {@link EventStream#BUFFER_BYTES} long. Called only if something is pending. */
    byte[] next();

    /** Nanoseconds until something may be pending without a call of {@link EventStreams#signal}; {@code Long.MAX_VALUE} if never. */
    long nanosUntilPending();

    /** Releases what is held for this stream. */
    @Override
    void close();
}
