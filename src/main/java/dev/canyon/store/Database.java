package dev.canyon.store;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.SQLException;
import javax.sql.DataSource;

/** What differs between the databases that a store can be in. */
interface Database extends AutoCloseable {

    /** Sets what connections need. Called before the first one is made. */
    void configure(HikariDataSource pool);

    /**
     * Brings the schema up to date.
     *
     * @throws SQLException if the database cannot be reached
     * @throws StoreUnusableException if the schema is newer than this version of Canyon knows
     */
    void migrate() throws SQLException;

    /** Does what may help after a failed write. @return whether to try it again at once */
    boolean relieve(SQLException failure, DataSource pool);

    /** What a failure means and what helps, for people. */
    String explain(SQLException failure);

    /** Whether a failure says that another process of Canyon has the database. */
    boolean isTaken(SQLException failure);

    /** Called every few seconds, on a thread for such work. */
    void maintain(DataSource pool) throws SQLException;

    /** Called after each write that took effect. */
    void written();

    /** The end, while the pool can still be used. */
    void beforeClose(DataSource pool);

    /** Gives the database back, after the pool is closed. */
    @Override
    void close();
}
