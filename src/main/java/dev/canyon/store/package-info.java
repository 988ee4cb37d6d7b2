/**
 * Keeps definitions and finished runs across restarts, in a SQLite file or in PostgreSQL, with the same SQL.
 *
 * <p>Start reading at {@code JdbcListenerStore} or {@code JdbcRunStore}, which implement what {@code listener} and {@code probe}
 * ask for; how a change becomes durable is in {@code Ledger}, and what differs between the databases is behind {@code Database}.
 *
 * <p>Uses {@code listener} and {@code probe}, whose ports it implements, and {@code transport}, of which definitions are made;
 * reads {@code settings}. No other room uses it.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"settings", "transport", "listener", "probe", "probe :: run"})
package dev.canyon.store;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
