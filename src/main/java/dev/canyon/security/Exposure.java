package dev.canyon.security;

import dev.canyon.settings.SecuritySettings.Mode;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.Environment;

/**
 * How far the API can be reached, and whether a key is needed.
 *
 * @param beyondLoopback whether another machine can reach it
 * @param encrypted whether it speaks HTTPS
 * @param open whether no key is needed
 * @param behindProxy whether headers are believed by which a proxy says for whom it calls
 */
record Exposure(boolean beyondLoopback, boolean encrypted, boolean open, boolean behindProxy) {

    /** @param environment has Boot's properties of the server, and of Actuator's own if it has one */
    static Exposure of(Mode mode, Environment environment) {
        boolean beyondLoopback = isBeyondLoopback(environment, "server")
                || (hasPortOfItsOwn(environment) && isBeyondLoopback(environment, "management.server"));
        boolean encrypted = environment.containsProperty("server.ssl.bundle")
                || environment.containsProperty("server.ssl.key-store")
                || environment.containsProperty("server.ssl.certificate");
        boolean open = switch (mode) {
            case AUTO -> !beyondLoopback;
            case KEY -> false;
            case OPEN -> true;
        };
        String strategy = environment.getProperty("server.forward-headers-strategy", "none");
        return new Exposure(beyondLoopback, encrypted, open, !strategy.equalsIgnoreCase("none"));
    }

    private static boolean hasPortOfItsOwn(Environment environment) {
        String port = environment.getProperty("management.server.port");
        return port != null && !port.equals(environment.getProperty("server.port"));
    }

    /** Without an address a server listens on all of them. */
    private static boolean isBeyondLoopback(Environment environment, String server) {
        @Nullable InetAddress address = environment.getProperty(server + ".address", InetAddress.class);
        return address == null || !address.isLoopbackAddress();
    }
}
