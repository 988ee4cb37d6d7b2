package dev.canyon.store.database;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.SQLException;
import java.util.Optional;
import javax.sql.DataSource;

/** The differences between the supported databases. */
public interface Database extends AutoCloseable {

    /** Configures the pool. Called before the first connection is opened. */
    void configure(HikariDataSource pool);

    /**
     * Migrates the schema to the current version.
     *
     * @throws SQLException if the database cannot be reached
     * @throws StoreUnusableException if the schema was created by a newer version of Canyon
     */
    void migrate() throws SQLException;

    /**
     * Tries to free disk space after a failed write.
     *
     * @return whether to retry the write immediately
     */
    boolean freeSpace(SQLException failure, DataSource pool);

    /**
     * Whether what is written could not be read again, although writing succeeds. Called before and after each write; must be fast.
     *
     * @return the reason and its remedy for the operator; empty if all is well
     */
    Optional<String> lost();

    /** Describes a failure and its remedy for the operator. */
    String explain(SQLException failure);

    /** Whether the failure means that another Canyon process uses the database. */
    boolean isInUse(SQLException failure);

    /** Called every few seconds on the maintenance thread. */
    void maintain(DataSource pool) throws SQLException;

    /** Called after each successful write. */
    void afterWrite();

    /** Called at shutdown while the pool can still be used, unless the database is {@link #lost}. */
    void beforeClose(DataSource pool);

    /** Releases the database after the pool has been closed. */
    @Override
    void close();
}
