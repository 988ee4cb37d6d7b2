package dev.canyon.security.request;

import dev.canyon.settings.SecuritySettings.Mode;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.Environment;

/**
 * From where the API can be reached, and whether it requires a key.
 *
 * @param beyondLoopback whether other hosts can reach it
 * @param encrypted whether it uses HTTPS
 * @param open whether no key is required
 * @param behindProxy whether forwarding headers of a reverse proxy are trusted
 */
public record Exposure(boolean beyondLoopback, boolean encrypted, boolean open, boolean behindProxy) {

    /** @param environment provides Boot's properties of the server and of the management server */
    public static Exposure of(Mode mode, Environment environment) {
        boolean beyondLoopback = isBeyondLoopback(environment, "server")
                || (hasManagementPort(environment) && isBeyondLoopback(environment, "management.server"));
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

    private static boolean hasManagementPort(Environment environment) {
        String port = environment.getProperty("management.server.port");
        return port != null && !port.equals(environment.getProperty("server.port"));
    }

    /** Without an address a server binds the wildcard address. */
    private static boolean isBeyondLoopback(Environment environment, String server) {
        @Nullable InetAddress address = environment.getProperty(server + ".address", InetAddress.class);
        return address == null || !address.isLoopbackAddress();
    }
}
