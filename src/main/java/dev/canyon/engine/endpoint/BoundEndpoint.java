package dev.canyon.engine.endpoint;

import dev.canyon.engine.kernel.TransportKind;
import dev.canyon.engine.peer.ExpectedPeers;
import dev.canyon.engine.tls.TlsCertificate;
import dev.canyon.net.Protocol;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/** A read-only view of an open port. All methods may be called from any thread and do not block. */
public interface BoundEndpoint {

    /** The bound address, with the port chosen by the system if 0 was requested. */
    InetSocketAddress address();

    Protocol protocol();

    TransportKind transport();

    /** The effective backlog, as limited by the kernel; 0 for UDP. */
    int backlog();

    /** The certificate that clients currently see unless they ask for another server name; null without TLS. */
    default @Nullable TlsCertificate certificate() {
        return null;
    }

    /** The clients expected here, by which a test message determines under which address the endpoint sees it, or why it does not serve it. */
    ExpectedPeers expectedPeers();
}
