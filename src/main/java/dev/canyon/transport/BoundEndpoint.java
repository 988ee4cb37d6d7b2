package dev.canyon.transport;

import java.net.InetSocketAddress;

/** What is to be known of an open port. All methods may be called from any thread and do not block. */
public interface BoundEndpoint {

    /** What is really bound: the address, and the port the system chose if 0 was asked for. */
    InetSocketAddress address();

    Protocol protocol();

    TransportKind transport();

    /** The backlog in effect after the kernel's cap, 0 for UDP, which has none. */
    int backlog();

    /** Tells who has been seen here; a test message learns by it how it looked from this end. */
    Sightings sightings();
}
