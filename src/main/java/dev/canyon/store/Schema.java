package dev.canyon.store;

import java.util.Arrays;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationVersion;

/** The tables, as the files in {@code db/migration} make them. */
final class Schema {

    private final String where;

    /** @param where the database, for messages */
    Schema(String where) {
        this.where = where;
    }

    /**
     * Makes the tables, or changes older ones.
     *
     * @throws StoreUnusableException if a newer version of Canyon has made them; they are not touched then
     * @throws org.flywaydb.core.api.FlywayException if that fails
     */
    void migrate(DataSource database) {
        Flyway flyway = flyway(database);
        refuseNewer(flyway);
        flyway.migrate();
    }

    /**
     * Looks whether {@link #migrate} would succeed, and changes nothing.
     *
     * @throws StoreUnusableException if a newer version of Canyon has made the tables
     * @throws org.flywaydb.core.api.FlywayException if they are not what the files made
     */
    void requireUsable(DataSource database) {
        Flyway flyway = flyway(database);
        refuseNewer(flyway);
        flyway.validate();
    }

    private static Flyway flyway(DataSource database) {
        return Flyway.configure()
                .dataSource(database)
                .locations("classpath:db/migration")
                // On PostgreSQL, tables of another application do not make ours impossible.
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
                where + " was made by a newer version of Canyon (schema " + version + "). It has not been touched.",
                "Start that version, or set canyon.data-dir (or spring.datasource.url) to another place.",
                null);
    }
}
