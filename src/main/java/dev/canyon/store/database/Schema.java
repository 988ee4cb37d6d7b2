package dev.canyon.store.database;

import java.util.Arrays;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationVersion;

/** The database schema, defined by the files in {@code db/migration}. */
public final class Schema {

    private final String name;

    /** @param name name of the database for messages */
    public Schema(String name) {
        this.name = name;
    }

    /**
     * Creates or migrates the tables.
     *
     * @throws StoreUnusableException if a newer version of Canyon created them; nothing is changed
     * @throws FlywayException if a migration fails
     */
    public void migrate(DataSource database) {
        Flyway flyway = flyway(database);
        refuseNewer(flyway);
        flyway.migrate();
    }

    /**
     * Validates a schema that Canyon created, without changing it.
     *
     * @throws StoreUnusableException if a newer version of Canyon created the tables
     * @throws FlywayException if the tables do not match the migrations, or the history of migrations cannot be found
     */
    public void requireUsable(DataSource database) {
        Flyway flyway = flyway(database);
        refuseNewer(flyway);
        flyway.validate();
        // Flyway takes a history that it cannot find for that of an empty database, and would create the tables again.
        if (flyway.info().applied().length == 0) {
            throw new FlywayException("its history of migrations is missing");
        }
    }

    private static Flyway flyway(DataSource database) {
        return Flyway.configure()
                .dataSource(database)
                .locations("classpath:db/migration")
                // On PostgreSQL, the schema may already contain tables of another application.
                .baselineOnMigrate(true)
                .baselineVersion("0")
                .ignoreMigrationPatterns("*:pending", "*:future")
                .load();
    }

    private void refuseNewer(Flyway flyway) {
        Arrays.stream(flyway.info().all())
                .filter(migration -> migration.getState().name().startsWith("FUTURE"))
                .map(MigrationInfo::getVersion)
                .max(MigrationVersion::compareTo)
                .ifPresent(this::refuse);
    }

    private void refuse(MigrationVersion version) {
        throw new StoreUnusableException(
                name + " was created by a newer version of Canyon (schema " + version + "). It has not been changed.",
                "Run that version, or change canyon.data-dir or spring.datasource.url.",
                null);
    }
}
