package dev.canyon.listener.directory;

import dev.canyon.engine.endpoint.BoundEndpoint;
import dev.canyon.engine.fault.FaultObserver;
import dev.canyon.engine.peer.SocketObserver;
import dev.canyon.listener.directory.ListenerState.Failed;

/** Receives the state changes of one listener. Methods may be called from any thread, must not block and must not throw. */
public interface ListenerObserver {

    ListenerObserver NONE = new ListenerObserver() {
        @Override
        public void created() {}

        @Override
        public void listening(BoundEndpoint endpoint) {}

        @Override
        public void stopped(BoundEndpoint endpoint) {}

        @Override
        public void failed(Failed failure) {}

        @Override
        public void deleted() {}

        @Override
        public SocketObserver sockets() {
            return SocketObserver.NONE;
        }

        @Override
        public FaultObserver faults() {
            return FaultObserver.NONE;
        }
    };

    /** The listener was created and is closed. Called first, before the listener is in the directory. */
    void created();

    /** A port was opened. It is closed again if the change that it was opened for fails. */
    void listening(BoundEndpoint endpoint);

    /** A port was closed and its connections have ended. The listener may already have another port, or be deleted. */
    void stopped(BoundEndpoint endpoint);

    void failed(Failed failure);

    /** The listener was deleted. Called last; another listener of that name may already exist. */
    void deleted();

    /** The observer of this listener's sockets. Returns the same instance each time. */
    SocketObserver sockets();

    /** The observer of this listener's faults. Returns the same instance each time. */
    FaultObserver faults();

    /** Creates an observer for each listener. */
    @FunctionalInterface
    interface Factory {

        /** May be called for a listener that is then not created; its observer is never called. */
        ListenerObserver observe(String name);
    }
}
