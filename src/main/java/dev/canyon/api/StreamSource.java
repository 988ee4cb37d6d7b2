package dev.canyon.api;

/**
 * What an event stream tells, in the form of event streams (HTML standard, 9.2 Server-sent events). One thread at a time reads;
 * no call waits for anything.
 */
interface StreamSource extends AutoCloseable {

    /** Something can be told now. */
    boolean hasNews();

    /** Nothing comes any more, and all has been told: the stream ends. */
    boolean isOver();

    /** What is to be told now, {@link EventStream#BUFFER_BYTES} at the most; only to be asked for if there is news. */
    byte[] next();

    /** In so many nanoseconds there may be news without anybody waking the streams; or not at all. */
    long nanosUntilNews();

    /** Lets go of what is held for it. */
    @Override
    void close();
}
