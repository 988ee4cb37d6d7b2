package dev.canyon.engine;

import dev.canyon.engine.kernel.TransportKind;
import java.util.stream.Stream;

/** The parameters of a protocol test: a transport and an address family. */
public record Wire(TransportKind kind, String loopback) {

    /** Every combination available on this machine; io_uring is omitted if the kernel forbids it. */
    public static Stream<Wire> all() {
        return Stream.of(TransportKind.values())
                .filter(TransportKind::isAvailable)
                .flatMap(kind -> Stream.of("127.0.0.1", "::1").map(address -> new Wire(kind, address)));
    }

    String wildcard() {
        return isIpv6() ? "::" : "0.0.0.0";
    }

    boolean isIpv6() {
        return loopback.equals("::1");
    }

    @Override
    public String toString() {
        return kind + " " + (isIpv6() ? "IPv6" : "IPv4");
    }
}
