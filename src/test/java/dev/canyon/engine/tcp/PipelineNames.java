package dev.canyon.engine.tcp;

import dev.canyon.engine.peer.LiveConnection;

/** The handlers of a connection, for tests that compare pipelines. */
public final class PipelineNames {

    private PipelineNames() {}

    /** In order, starting at the socket. */
    public static String of(LiveConnection connection) {
        return ((TcpConnection) connection).socket().pipeline().names().toString();
    }
}
