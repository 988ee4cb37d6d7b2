package dev.canyon.listener;

import dev.canyon.settings.InvalidPropertyException;
import dev.canyon.settings.LimitSettings;
import dev.canyon.transport.Cidr;
import dev.canyon.transport.IpText;
import dev.canyon.transport.PortRange;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Where listeners may open, whoever made them. A wildcard is an address like any other here: {@code 0.0.0.0} is allowed by
 * {@code 0.0.0.0/0} or by itself, and not because all addresses of this host are.
 *
 * @param ports one of them has to contain the port
 * @param addresses one of them has to contain the address
 */
record AllowedEndpoints(List<PortRange> ports, List<Cidr> addresses) {

    private static final String PORTS = "canyon.limits.ports";
    private static final String ADDRESSES = "canyon.limits.bind-addresses";

    AllowedEndpoints {
        ports = List.copyOf(ports);
        addresses = List.copyOf(addresses);
    }

    /** @throws InvalidPropertyException names the property that cannot be read, or allows nothing at all */
    static AllowedEndpoints in(LimitSettings limits) {
        return new AllowedEndpoints(
                read(PORTS, limits.ports(), PortRange::parse), read(ADDRESSES, limits.bindAddresses(), Cidr::parse));
    }

    private static <T> List<T> read(String property, List<String> texts, Function<String, T> parser) {
        try {
            if (texts.isEmpty()) {
                throw new IllegalArgumentException("empty, so that no listener could open");
            }
            return texts.stream().map(parser).toList();
        } catch (IllegalArgumentException ex) {
            throw new InvalidPropertyException(property, String.valueOf(ex.getMessage()), ex);
        }
    }

    /**
     * @param address resolved, as it will be bound; port 0 passes, since {@link #inAnyOrder} says what it may become
     * @throws EndpointNotAllowedException if it is not allowed
     */
    void require(InetSocketAddress address) {
        int port = address.getPort();
        if (port != 0 && ports.stream().noneMatch(range -> range.contains(port))) {
            throw notAllowed(FailureReason.PORT_NOT_ALLOWED, "port " + port, PORTS, ports);
        }
        InetAddress host = address.getAddress();
        if (addresses.stream().noneMatch(range -> range.contains(host))) {
            throw notAllowed(FailureReason.ADDRESS_NOT_ALLOWED, "address " + IpText.of(host), ADDRESSES, addresses);
        }
    }

    private static EndpointNotAllowedException notAllowed(
            FailureReason reason, String what, String property, List<?> allowed) {
        return new EndpointNotAllowedException(reason, what + " is not allowed: " + property + " is " + text(allowed));
    }

    /** Whether the system may choose among all ports; else it would choose one that is not allowed. */
    boolean everyPort() {
        return ports.contains(PortRange.ALL);
    }

    /** Every allowed port once, beginning anywhere: the first ones are likely to be taken. */
    List<Integer> inAnyOrder() {
        List<Integer> all = ports.stream()
                .flatMapToInt(range -> IntStream.rangeClosed(range.first(), range.last()))
                .distinct()
                .boxed()
                .collect(Collectors.toList());
        Collections.rotate(all, ThreadLocalRandom.current().nextInt(all.size()));
        return all;
    }

    /** For the message that none of them is free. */
    String portsText() {
        return PORTS + " (" + text(ports) + ")";
    }

    private static String text(List<?> allowed) {
        return allowed.stream().map(Object::toString).collect(Collectors.joining(", "));
    }
}
