package dev.canyon.store;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.jdbc.autoconfigure.DataSourceProperties;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/**
 * A PostgreSQL database, which may go away and come back at any time, or hang. All of it goes over one connection, which
 * holds an advisory lock: who has the lock has the database.
 */
final class PostgresDatabase implements Database {

    /** "CANYON" in ASCII. */
    private static final long LOCK = 0x43414E594F4EL;

    /** Our own state for "somebody else has the lock"; states that begin with C to H and hold a letter are nobody's. */
    private static final String TAKEN = "CN001";

    private static final String TAKE = """
            DO $$ BEGIN
              IF NOT pg_try_advisory_lock(%d) THEN
                RAISE EXCEPTION 'another Canyon uses this database' USING ERRCODE = '%s';
              END IF;
              -- A session of ours that a broken network cut off must not keep the lock for hours.
              PERFORM set_config('tcp_keepalives_idle', '5', false);
              PERFORM set_config('tcp_keepalives_interval', '2', false);
              PERFORM set_config('tcp_keepalives_count', '3', false);
            END $$""".formatted(LOCK, TAKEN);

    private static final long CONNECTION_MILLIS = 800;
    private static final int CONNECT_SECONDS = 1;
    private static final int ANSWER_SECONDS = 2;

    private final DataSourceProperties properties;
    private final String url;
    private final Schema schema;

    PostgresDatabase(DataSourceProperties properties) {
        this.properties = properties;
        // What follows a question mark may hold a password.
        this.url = properties.determineUrl().replaceFirst("\\?.*", "");
        this.schema = new Schema(url);
    }

    @Override
    public void configure(HikariDataSource pool) {
        pool.setConnectionInitSql(TAKE);
        pool.setConnectionTimeout(CONNECTION_MILLIS);
        pool.setValidationTimeout(CONNECTION_MILLIS / 2);
        limits().forEach((name, value) -> pool.addDataSourceProperty(name.toString(), value));
    }

    /** A change has to be refused within three seconds even by a database that hangs. */
    private static Properties limits() {
        Properties limits = new Properties();
        limits.setProperty("connectTimeout", String.valueOf(CONNECT_SECONDS));
        limits.setProperty("loginTimeout", String.valueOf(CONNECT_SECONDS));
        limits.setProperty("socketTimeout", String.valueOf(ANSWER_SECONDS));
        limits.setProperty("tcpKeepAlive", "true");
        limits.setProperty("reWriteBatchedInserts", "true");
        limits.setProperty("ApplicationName", "canyon");
        return limits;
    }

    /** Over a connection of its own: Flyway wants two at a time, and a migration may take longer than a change. */
    @Override
    public void migrate() throws SQLException {
        DriverManagerDataSource apart = new DriverManagerDataSource(properties.determineUrl());
        apart.setUsername(properties.determineUsername());
        apart.setPassword(properties.determinePassword());
        Properties limits = limits();
        limits.remove("socketTimeout");
        apart.setConnectionProperties(limits);
        schema.migrate(apart);
    }

    @Override
    public boolean relieve(SQLException failure, DataSource pool) {
        return false;
    }

    @Override
    public String explain(SQLException failure) {
        return isTaken(failure)
                ? "another Canyon uses " + url + ": stop that one, or use another database"
                : url + " cannot be used: " + rootMessage(failure)
                        + ". What is stored is safe; try again when it is back";
    }

    private static String rootMessage(SQLException failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return String.valueOf(root.getMessage()).replaceAll("\\s+", " ").strip();
    }

    @Override
    public boolean isTaken(SQLException failure) {
        for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && TAKEN.equals(sql.getSQLState())) {
                return true;
            }
        }
        return false;
    }

    /** Notices that the database has gone before somebody wants to change something. */
    @Override
    public void maintain(DataSource pool) throws SQLException {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("SELECT 1");
        }
    }

    @Override
    public void written() {
        // PostgreSQL sees to its own copies.
    }

    @Override
    public void beforeClose(DataSource pool) {
        // The lock goes with the connection.
    }

    @Override
    public void close() {
        // Nothing is held but the connections of the pool.
    }

    @Override
    public String toString() {
        return url;
    }
}
