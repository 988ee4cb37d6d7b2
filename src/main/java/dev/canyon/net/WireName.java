package dev.canyon.net;

import java.util.Locale;

/** The spelling of enum constants in the API, logs, metrics, events and on the command line. */
public final class WireName {

    private WireName() {}

    /** The name of the constant in lower case with hyphens: {@code PORT_IN_USE} is {@code port-in-use}. */
    public static String of(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
