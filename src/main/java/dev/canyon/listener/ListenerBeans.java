package dev.canyon.listener;

/** Publishes each listener as a bean of the Spring context and as a JMX managed bean. Safe for use by multiple threads. */
public interface ListenerBeans {

    /** @throws IllegalStateException if a managed bean of this name is already registered */
    void publish(String name, Listeners listeners);

    /** Withdraws the beans of a listener; does nothing if there are none. */
    void retire(String name);

    /** Withdraws all managed beans; the context discards its own beans when it closes. */
    void unregisterAll();
}
