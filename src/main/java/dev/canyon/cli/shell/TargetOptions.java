package dev.canyon.cli.shell;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Parameters;

/** The target of a command. */
public final class TargetOptions {

    @Parameters(
            paramLabel = "URI",
            description =
                    "Target: tcp://HOST:PORT, udp://HOST:PORT or tls://HOST:PORT. If the name has several addresses the first is"
                            + " used.")
    @SuppressWarnings("NullAway.Init") // picocli sets it, as it is required
    private SocketUri uri;

    @ArgGroup
    private @Nullable AddressFamily family;

    /** Rejects port 0, which no socket listens on. */
    public void requirePort(Usage usage) {
        usage.require(uri.port() != 0, uri + " has port 0 (expected: 1 to 65535)");
    }

    public SocketUri uri() {
        return uri;
    }

    /** Resolves the host. Blocks on the name service. @throws UnknownHostException names the host */
    public InetAddress resolve() throws UnknownHostException {
        return AddressFamily.addresses(uri.host(), family).get(0);
    }
}
