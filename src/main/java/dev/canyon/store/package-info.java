/**
 * Keeps definitions across restarts, in a SQLite file or in PostgreSQL, with the same SQL.
 *
 * <p>Start reading at {@code JdbcListenerStore}, which implements what {@code listener} asks for; how a change becomes
 * durable is in {@code Ledger}, and what differs between the databases is behind {@code Database}.
 *
 * <p>Uses {@code listener}, whose port it implements, and {@code transport}, of which definitions are made; reads {@code
 * settings}. No other room uses it.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"settings", "transport", "listener"})
package dev.canyon.store;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
