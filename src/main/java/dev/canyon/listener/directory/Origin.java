package dev.canyon.listener.directory;

import dev.canyon.net.WireName;

/** Where a definition comes from. */
public enum Origin {
    /** Created through the API. */
    API,
    /** Declared in the application's configuration. Through the API and JMX it can only be started, stopped and restarted. */
    CONFIGURATION;

    @Override
    public String toString() {
        return WireName.of(this);
    }
}
