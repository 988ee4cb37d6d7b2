package dev.canyon.listener;

import dev.canyon.listener.ListenerState.Failed;
import dev.canyon.transport.BoundEndpoint;
import dev.canyon.transport.SocketObserver;

/**
 * Told what becomes of one listener, from any thread: returns at once and throws nothing. Told of its
 * sockets likewise.
 */
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
    };

    /** It exists, closed as yet: the first call. Comes before anybody can find the listener. */
    void created();

    /** A port was opened for it. It may be given up again, if the change that it was opened for fails. */
    void listening(BoundEndpoint endpoint);

    /** It has this port no more, and the connections there have ended; it may have another one by now, or be deleted. */
    void stopped(BoundEndpoint endpoint);

    void failed(Failed failure);

    /** The last call. Another one of that name may exist by now. */
    void deleted();

    /** Who is to be told what happens on its sockets. The same one each time. */
    SocketObserver sockets();

    /** Makes an observer for each listener. */
    @FunctionalInterface
    interface Factory {

        /** May be called for a listener that never comes to be: its observer is told nothing. */
        ListenerObserver observe(String name);
    }
}
