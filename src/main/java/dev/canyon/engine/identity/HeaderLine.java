package dev.canyon.engine.identity;

import dev.canyon.net.IpText;
import java.util.regex.Pattern;

/**
 * A header of version 1, without CR and LF. Netty's decoder accepts more than section 2.1 of the specification permits: numbers
 * with leading zeros, which other programs read as octal and so as another address, signs, and addresses with a zone.
 */
final class HeaderLine {

    private static final int FIELDS = 6;

    /** Port 0 is missing because Netty refuses it. */
    private static final Pattern PORT = Pattern.compile("[1-9][0-9]{0,4}");

    private HeaderLine() {}

    /** Whether addresses and ports have the only form that is permitted. Their range and family are left to Netty. */
    static boolean isPermitted(String line) {
        if (line.equals("PROXY UNKNOWN") || line.startsWith("PROXY UNKNOWN ")) {
            // What follows is to be ignored.
            return true;
        }
        String[] fields = line.split(" ", -1);
        return fields.length == FIELDS
                && isAddress(fields[2])
                && isAddress(fields[3])
                && PORT.matcher(fields[4]).matches()
                && PORT.matcher(fields[5]).matches();
    }

    private static boolean isAddress(String text) {
        boolean embedsIpv4 = text.indexOf(':') >= 0 && text.indexOf('.') >= 0;
        return IpText.parse(text).isPresent()
                && (!embedsIpv4
                        || IpText.parse(text.substring(text.lastIndexOf(':') + 1))
                                .isPresent());
    }
}
