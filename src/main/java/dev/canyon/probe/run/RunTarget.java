package dev.canyon.probe.run;

import dev.canyon.transport.Protocol;

/** Where a run goes, as it was asked for. */
public sealed interface RunTarget {

    /** @param name of a listener of ours */
    record OwnListener(String name) implements RunTarget {}

    /**
     * @param host an address or a name
     * @param port 1 to 65535
     */
    record Remote(Protocol protocol, String host, int port) implements RunTarget {}
}
