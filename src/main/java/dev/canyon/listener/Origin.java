package dev.canyon.listener;

import java.util.Locale;

/** Where a definition comes from. */
public enum Origin {
    /** Created over the API, and changed there. */
    API,
    /** Declared in the application's configuration: elsewhere it can only be started and stopped. */
    CONFIGURATION;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
