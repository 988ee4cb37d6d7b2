package dev.canyon.probe.target;

import dev.canyon.net.Cidr;
import dev.canyon.net.PortRange;
import java.net.InetAddress;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** An entry of the allow-list of targets. */
sealed interface TargetEntry {

    /** A range of addresses, given directly or by a host name. */
    record Addresses(Cidr range, PortRange ports) implements TargetEntry {

        /** A special address requires a range within its own: a wider range does not permit it. */
        @Override
        public boolean permits(@Nullable String name, InetAddress address, @Nullable SpecialRange special) {
            return range.contains(address)
                    && (special == null || special.range().contains(range));
        }
    }

    /**
     * A host name with any address that is not special.
     *
     * @param name in lower case
     */
    record Name(String name, PortRange ports) implements TargetEntry {

        /** The owner of a name chooses its addresses, so a name permits no special address, except localhost loopback. */
        @Override
        public boolean permits(@Nullable String asked, InetAddress address, @Nullable SpecialRange special) {
            return isNamed(asked)
                    && (special == null
                            || (name.equals("localhost") && special.kind().equals(SpecialRange.LOOPBACK)));
        }

        boolean isNamed(@Nullable String asked) {
            return asked != null && asked.toLowerCase(Locale.ROOT).equals(name);
        }
    }

    /** Unusual notations of addresses ({@code 127.1}, {@code 0x7f.1}) are not host names. */
    Pattern NAME = Pattern.compile("(?!(.*\\.)?(\\d+|0x[0-9a-f]*)\\.?$)"
            + "(?=.{1,253}$)[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?(\\.[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?)*\\.?");

    Pattern IN_BRACKETS = Pattern.compile("\\[([^\\[\\]]*:[^\\[\\]]*)](?::(.*))?");

    PortRange ports();

    /**
     * Returns whether the entry permits an address.
     *
     * @param name the host name that was resolved; null if the address itself was requested
     * @param special the special range of the address; null if there is none
     */
    boolean permits(@Nullable String name, InetAddress address, @Nullable SpecialRange special);

    /**
     * Parses {@code 10.0.0.0/8}, {@code 192.0.2.7:7000-7010}, {@code [fd00::/8]:7007}, {@code fd00::1} or {@code host:7007}.
     *
     * @throws IllegalArgumentException if the text has another format
     */
    static TargetEntry parse(String text) {
        Matcher bracketed = IN_BRACKETS.matcher(text);
        if (bracketed.matches()) {
            return new Addresses(Cidr.parse(bracketed.group(1)), ports(bracketed.group(2)));
        }
        int colon = text.indexOf(':');
        if (colon != text.lastIndexOf(':')) {
            return new Addresses(Cidr.parse(text), PortRange.ALL);
        }
        String host = colon < 0 ? text : text.substring(0, colon);
        PortRange ports = ports(colon < 0 ? null : text.substring(colon + 1));
        return isName(host) ? new Name(host.toLowerCase(Locale.ROOT), ports) : new Addresses(Cidr.parse(host), ports);
    }

    static boolean isName(String host) {
        return NAME.matcher(host.toLowerCase(Locale.ROOT)).matches();
    }

    private static PortRange ports(@Nullable String text) {
        return text == null ? PortRange.ALL : PortRange.parse(text);
    }
}
