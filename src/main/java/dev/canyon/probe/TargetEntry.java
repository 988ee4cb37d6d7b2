package dev.canyon.probe;

import dev.canyon.transport.Cidr;
import dev.canyon.transport.PortRange;
import java.net.InetAddress;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** One entry of the list of targets. */
sealed interface TargetEntry {

    /** Addresses, however they were arrived at. */
    record Addresses(Cidr range, PortRange ports) implements TargetEntry {

        /** A special address has to be meant: a range that merely includes it, among others, does not permit it. */
        @Override
        public boolean permits(@Nullable String name, InetAddress address, @Nullable SpecialRange special) {
            return range.contains(address)
                    && (special == null || special.range().contains(range));
        }
    }

    /**
     * A name, and whatever ordinary address it has.
     *
     * @param name in lower case
     */
    record Name(String name, PortRange ports) implements TargetEntry {

        /** Whoever owns a name chooses its addresses, so no name gives a special one; but for what localhost means. */
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

    /** What looks like an address in a spelling of its own ({@code 127.1}, {@code 0x7f.1}) is no name. */
    Pattern NAME = Pattern.compile("(?!(.*\\.)?(\\d+|0x[0-9a-f]*)\\.?$)"
            + "(?=.{1,253}$)[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?(\\.[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?)*\\.?");

    Pattern IN_BRACKETS = Pattern.compile("\\[([^\\[\\]]*:[^\\[\\]]*)](?::(.*))?");

    PortRange ports();

    /**
     * Whether it permits an address.
     *
     * @param name what was looked up; null if the address itself was asked for
     * @param special what is special about the address; null for an ordinary one
     */
    boolean permits(@Nullable String name, InetAddress address, @Nullable SpecialRange special);

    /**
     * Reads {@code 10.0.0.0/8}, {@code 192.0.2.7:7000-7010}, {@code [fd00::/8]:7007}, {@code fd00::1} or {@code host:7007}.
     *
     * @throws IllegalArgumentException if the text is none of these
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
