package dev.canyon.engine.reply.stream;

import dev.canyon.engine.peer.CloseReason;
import dev.canyon.engine.peer.ConnectionIdentity;

/** What a reply can do to its connection. Used on the connection's event loop. */
public interface AnsweredStream {

    /** The name of the listener; empty if it has none. */
    String listener();

    ConnectionIdentity identity();

    /** The id of the connection. */
    long id();

    /** Whether the connection is not read at present, so that nothing more should be answered or sent. */
    boolean isPaused();

    /** @param resumed runs on the event loop each time that the connection is read again after a pause */
    void whenResumed(Runnable resumed);

    /** A message is held back; reading pauses while as many bytes or messages are held as allowed. */
    void hold(long bytes);

    /** A message that was held back is sent or dropped. */
    void unhold(long bytes);

    /**
     * The bytes of a message that has not arrived completely.
     *
     * @return false if all connections together hold as many bytes as allowed
     */
    boolean unfinished(long bytes);

    /** Bytes that were received are never answered. */
    void discarded(long bytes);

    /** Bytes are sent that were not received. */
    void added(long bytes);

    /** Bytes that were written and that the faults of the connection have let pass. */
    long written();

    /** The client has ended the connection, and everything was answered. */
    void endedByClient(CloseReason reason);

    /** Sends FIN once everything written has been sent, and discards input until the client closes as well. */
    void finish(CloseReason reason);
}
