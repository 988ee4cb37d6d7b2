package dev.canyon.store.postgres;

import com.zaxxer.hikari.HikariDataSource;
import dev.canyon.store.database.Database;
import dev.canyon.store.database.Schema;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.Properties;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.jdbc.autoconfigure.DataSourceProperties;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/**
 * A PostgreSQL database, which may become unavailable at any time, or hang. All statements use a single connection, whose
 * advisory lock gives this process exclusive use of the database.
 */
public final class PostgresDatabase implements Database {

    /** "CANYON" in ASCII. */
    private static final long LOCK = 0x43414E594F4EL;

    /** Private SQLSTATE for "another process holds the lock"; classes C to H with a letter are unassigned. */
    private static final String IN_USE = "CN001";

    private static final String ACQUIRE_LOCK = """
            DO $$ BEGIN
              IF NOT pg_try_advisory_lock(%d) THEN
                RAISE EXCEPTION 'another Canyon uses this database' USING ERRCODE = '%s';
              END IF;
              -- A session cut off by a network failure must not hold the lock for hours.
              PERFORM set_config('tcp_keepalives_idle', '5', false);
              PERFORM set_config('tcp_keepalives_interval', '2', false);
              PERFORM set_config('tcp_keepalives_count', '3', false);
            END $$""".formatted(LOCK, IN_USE);

    private static final long CONNECTION_TIMEOUT_MS = 800;
    private static final int CONNECT_TIMEOUT_SECONDS = 1;
    private static final int SOCKET_TIMEOUT_SECONDS = 2;

    private final DataSourceProperties properties;
    private final String url;
    private final Schema schema;

    public PostgresDatabase(DataSourceProperties properties) {
        this.properties = properties;
        // The query of the URL may contain a password.
        this.url = properties.determineUrl().replaceFirst("\\?.*", "");
        this.schema = new Schema(url);
    }

    @Override
    public void configure(HikariDataSource pool) {
        pool.setConnectionInitSql(ACQUIRE_LOCK);
        pool.setConnectionTimeout(CONNECTION_TIMEOUT_MS);
        pool.setValidationTimeout(CONNECTION_TIMEOUT_MS / 2);
        timeouts().forEach((name, value) -> pool.addDataSourceProperty(name.toString(), value));
    }

    /** A write must fail within three seconds even if the database hangs. */
    private static Properties timeouts() {
        Properties timeouts = new Properties();
        timeouts.setProperty("connectTimeout", String.valueOf(CONNECT_TIMEOUT_SECONDS));
        timeouts.setProperty("loginTimeout", String.valueOf(CONNECT_TIMEOUT_SECONDS));
        timeouts.setProperty("socketTimeout", String.valueOf(SOCKET_TIMEOUT_SECONDS));
        timeouts.setProperty("tcpKeepAlive", "true");
        timeouts.setProperty("reWriteBatchedInserts", "true");
        timeouts.setProperty("ApplicationName", "canyon");
        return timeouts;
    }

    /** Uses separate connections: Flyway needs two at a time, and a migration may take longer than a write. */
    @Override
    public void migrate() throws SQLException {
        DriverManagerDataSource source = new DriverManagerDataSource(properties.determineUrl());
        source.setUsername(properties.determineUsername());
        source.setPassword(properties.determinePassword());
        Properties timeouts = timeouts();
        timeouts.remove("socketTimeout");
        source.setConnectionProperties(timeouts);
        schema.migrate(source);
    }

    @Override
    public boolean freeSpace(SQLException failure, DataSource pool) {
        return false;
    }

    @Override
    public Optional<String> lost() {
        return Optional.empty();
    }

    @Override
    public String explain(SQLException failure) {
        return isInUse(failure)
                ? "another Canyon process is using " + url + ": stop that process, or use another database"
                : url + " cannot be used: " + rootMessage(failure)
                        + ". Stored data is not affected; retry when the database is available";
    }

    private static String rootMessage(SQLException failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return String.valueOf(root.getMessage()).replaceAll("\\s+", " ").strip();
    }

    @Override
    public boolean isInUse(SQLException failure) {
        for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && IN_USE.equals(sql.getSQLState())) {
                return true;
            }
        }
        return false;
    }

    /** Detects that the database is unavailable before the next write does. */
    @Override
    public void maintain(DataSource pool) throws SQLException {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("SELECT 1");
        }
    }

    @Override
    public void afterWrite() {
        // Backups are the task of PostgreSQL.
    }

    @Override
    public void beforeClose(DataSource pool) {
        // Closing the connection releases the lock.
    }

    @Override
    public void close() {
        // Holds nothing besides the connections of the pool.
    }

    @Override
    public String toString() {
        return url;
    }
}
