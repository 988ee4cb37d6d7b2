package dev.canyon.store;

import com.zaxxer.hikari.HikariDataSource;
import dev.canyon.settings.CanyonProperties;
import dev.canyon.store.database.Database;
import dev.canyon.store.database.DatabaseSession;
import dev.canyon.store.database.StoreStatus;
import dev.canyon.store.database.StoreUnusableException;
import dev.canyon.store.postgres.PostgresDatabase;
import dev.canyon.store.sqlite.DataVolume;
import dev.canyon.store.sqlite.SqliteDatabase;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.jdbc.autoconfigure.DataSourceProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Beans of the store: SQLite in the data directory, or PostgreSQL if {@code spring.datasource.url} is set. */
@Configuration(proxyBeanMethods = false)
class StoreConfiguration {

    private static final Logger log = LoggerFactory.getLogger(StoreConfiguration.class);
    private static final String POSTGRES = "jdbc:postgresql:";

    @Bean
    StoreStatus storeStatus() {
        return new StoreStatus();
    }

    @Bean(destroyMethod = "")
    Database storeDatabase(CanyonProperties properties, DataSourceProperties dataSource, StoreStatus status) {
        @Nullable String url = dataSource.getUrl();
        if (url == null || url.isBlank()) {
            return SqliteDatabase.open(properties.dataDir(), status);
        }
        if (url.startsWith(POSTGRES)) {
            return new PostgresDatabase(dataSource);
        }
        throw new StoreUnusableException(
                "spring.datasource.url is '" + url.replaceFirst("[?;].*", "") + "', which is not a supported database.",
                "Remove it to use a SQLite file in canyon.data-dir, or set a URL that starts with " + POSTGRES + "//",
                null);
    }

    /** A single connection that is never retired: with PostgreSQL it holds the lock. */
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
    DatabaseSession storeSession(Database database, HikariDataSource pool, StoreStatus status) {
        return new DatabaseSession(database, pool, status);
    }

    @Bean
    ApplicationRunner volatileVolumeWarning(CanyonProperties properties) {
        return arguments -> DataVolume.of(properties.dataDir())
                .flatMap(DataVolume::volatility)
                .ifPresent(where -> log.warn(
                        "The data directory {} is {}. To persist its contents, mount a volume: docker run -v canyon-data:{}",
                        properties.dataDir(),
                        where,
                        properties.dataDir().toAbsolutePath()));
    }

    @Bean
    JdbcListenerStore listenerStore(DatabaseSession session, StoreStatus status) {
        return new JdbcListenerStore(session, status);
    }

    @Bean
    JdbcRunStore runStore(DatabaseSession session, StoreStatus status) {
        return new JdbcRunStore(session, status);
    }
}
