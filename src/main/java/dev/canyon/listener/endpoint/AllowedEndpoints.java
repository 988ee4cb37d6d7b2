package dev.canyon.listener.endpoint;

import dev.canyon.net.Cidr;
import dev.canyon.net.IpText;
import dev.canyon.net.PortRange;
import dev.canyon.settings.InvalidPropertyException;
import dev.canyon.settings.LimitSettings;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The ports and addresses that listeners of any origin may open. A wildcard is an address like any other: {@code 0.0.0.0} is
 * allowed by {@code 0.0.0.0/0} or by itself, not because all addresses of this host are allowed.
 *
 * @param ports at least one must contain the port
 * @param addresses at least one must contain the address
 */
public record AllowedEndpoints(List<PortRange> ports, List<Cidr> addresses) {

    private static final String PORTS = "canyon.limits.ports";
    private static final String ADDRESSES = "canyon.limits.bind-addresses";

    public AllowedEndpoints {
        ports = List.copyOf(ports);
        addresses = List.copyOf(addresses);
    }

    /** @throws InvalidPropertyException if a property is malformed or empty; the message names it */
    public static AllowedEndpoints in(LimitSettings limits) {
        return new AllowedEndpoints(
                read(PORTS, limits.ports(), PortRange::parse), read(ADDRESSES, limits.bindAddresses(), Cidr::parse));
    }

    private static <T> List<T> read(String property, List<String> texts, Function<String, T> parser) {
        try {
            if (texts.isEmpty()) {
                throw new IllegalArgumentException("must not be empty: otherwise no listener can be opened");
            }
            return texts.stream().map(parser).toList();
        } catch (IllegalArgumentException ex) {
            throw new InvalidPropertyException(property, String.valueOf(ex.getMessage()), ex);
        }
    }

    /**
     * @param address the resolved address to bind; port 0 is accepted, its candidates are given by {@link #inAnyOrder}
     * @throws EndpointNotAllowedException if it is not allowed
     */
    public void require(InetSocketAddress address) {
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

    /** Whether all ports are allowed, so that the kernel can choose an ephemeral one. */
    public boolean everyPort() {
        return ports.contains(PortRange.ALL);
    }

    /** Every allowed port once, starting at a random one: the first are the most likely to be in use. */
    public List<Integer> inAnyOrder() {
        List<Integer> all = ports.stream()
                .flatMapToInt(range -> IntStream.rangeClosed(range.first(), range.last()))
                .distinct()
                .boxed()
                .collect(Collectors.toList());
        Collections.rotate(all, ThreadLocalRandom.current().nextInt(all.size()));
        return all;
    }

    /** The property and its ranges, for error messages. */
    public String portsText() {
        return PORTS + " (" + text(ports) + ")";
    }

    private static String text(List<?> allowed) {
        return allowed.stream().map(Object::toString).collect(Collectors.joining(", "));
    }
}
