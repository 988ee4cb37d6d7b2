package dev.canyon.certificate;

import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The names of this host, as certificates have them. */
final class HostNames {

    private static final int MAX_NAMES = 64;

    private HostNames() {}

    /** The host name, without characters that have a meaning in distinguished names. */
    static String commonName() {
        return hostName().replaceAll("[^A-Za-z0-9.-]", "-");
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (IOException ex) {
            return "localhost";
        }
    }

    /** {@code localhost}, the host name and all addresses, in the notation of keytool. */
    static String subjectAlternativeNames() throws IOException {
        Set<String> names = new LinkedHashSet<>(List.of("dns:localhost", "ip:127.0.0.1", "ip:::1"));
        String host = hostName();
        if (host.matches("[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?(\\.[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?)*")) {
            names.add("dns:" + host);
        }
        NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .map(address -> "ip:" + address.getHostAddress().replaceFirst("%.*", ""))
                .forEach(names::add);
        return names.stream().limit(MAX_NAMES).collect(Collectors.joining(","));
    }
}
