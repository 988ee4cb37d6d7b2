/**
 * Stores definitions and finished runs across restarts, in a SQLite file or in PostgreSQL, with the same SQL.
 *
 * <p>Start reading at {@code JdbcListenerStore} or {@code JdbcRunStore}, which implement the interfaces of {@code listener} and
 * {@code probe.run}; {@link dev.canyon.store.database.DatabaseSession} executes every read and write, and {@link
 * dev.canyon.store.database.Database} hides the differences between the databases. No other package uses it.
 */
@NullMarked
@ApplicationModule(
        allowedDependencies = {
            "settings",
            "definition",
            "listener",
            "listener :: directory",
            "probe",
            "probe :: run",
            "probe :: spec",
            "dial",
            "dial :: tls",
            "engine :: setting",
            "net",
            "thread"
        })
package dev.canyon.store;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
