package dev.canyon.probe.spec;

import dev.canyon.net.Protocol;

/** The target of a run, as requested. */
public sealed interface RunTarget {

    /** @param name of a listener of Canyon */
    record OwnListener(String name) implements RunTarget {}

    /**
     * @param host an IP address or a host name
     * @param port 1 to 65535
     */
    record Remote(Protocol protocol, String host, int port) implements RunTarget {}
}
