package dev.canyon.store;

import com.zaxxer.hikari.HikariDataSource;
import dev.canyon.settings.CanyonProperties;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.jdbc.autoconfigure.DataSourceProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Puts the room together: SQLite in the data directory, or the database that {@code spring.datasource.url} names. */
@Configuration(proxyBeanMethods = false)
class StoreConfiguration {

    private static final Logger log = LoggerFactory.getLogger(StoreConfiguration.class);
    private static final String POSTGRES = "jdbc:postgresql:";

    @Bean
    Troubles storeTroubles() {
        return new Troubles();
    }

    @Bean(destroyMethod = "")
    Database storeDatabase(CanyonProperties properties, DataSourceProperties dataSource, Troubles troubles) {
        @Nullable String url = dataSource.getUrl();
        if (url == null || url.isBlank()) {
            return SqliteDatabase.open(properties.dataDir(), troubles);
        }
        if (url.startsWith(POSTGRES)) {
            return new PostgresDatabase(dataSource);
        }
        throw new StoreUnusableException(
                "spring.datasource.url names '" + url.replaceFirst("[?;].*", "")
                        + "', which is no database that Canyon can keep listeners in.",
                "Leave it out for a SQLite file in canyon.data-dir, or set a URL that begins with " + POSTGRES + "//",
                null);
    }

    /** One connection, never given up by itself: with PostgreSQL it holds the lock. */
    @Bean(destroyMethod = "")
    HikariDataSource storePool(Database database, DataSourceProperties properties) {
        HikariDataSource pool = new HikariDataSource();
        if (properties.getUrl() != null && !properties.getUrl().isBlank()) {
            pool.setJdbcUrl(properties.getUrl());
            pool.setUsername(properties.determineUsername());
            pool.setPassword(properties.determinePassword());
        }
        pool.setPoolName("store");
        pool.setMaximumPoolSize(1);
        pool.setMinimumIdle(0);
        pool.setIdleTimeout(0);
        pool.setMaxLifetime(0);
        pool.setInitializationFailTimeout(-1);
        database.configure(pool);
        return pool;
    }

    @Bean(destroyMethod = "close")
    Ledger storeLedger(Database database, HikariDataSource pool, Troubles troubles) {
        return new Ledger(database, pool, troubles);
    }

    @Bean
    ApplicationRunner volumeNote(CanyonProperties properties) {
        return arguments -> DataVolume.of(properties.dataDir())
                .flatMap(DataVolume::lossAhead)
                .ifPresent(where -> log.warn(
                        "The data directory {} is {}. To keep what is there, give it a volume: docker run -v canyon-data:{}",
                        properties.dataDir(),
                        where,
                        properties.dataDir().toAbsolutePath()));
    }

    @Bean
    JdbcListenerStore listenerStore(Ledger ledger, Troubles troubles) {
        return new JdbcListenerStore(ledger, troubles);
    }

    @Bean
    JdbcRunStore runStore(Ledger ledger, Troubles troubles) {
        return new JdbcRunStore(ledger, troubles);
    }
}
