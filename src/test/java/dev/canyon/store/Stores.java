package dev.canyon.store;

import dev.canyon.settings.CanyonProperties;
import dev.canyon.store.database.Database;
import dev.canyon.store.database.DatabaseSession;
import dev.canyon.store.database.StoreStatus;
import java.nio.file.Path;
import java.util.Map;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.boot.jdbc.autoconfigure.DataSourceProperties;

/** Wires the stores as the application does. */
final class Stores {

    private Stores() {}

    static OpenStore sqlite(Path directory) {
        return open(directory, new DataSourceProperties());
    }

    static OpenStore postgres(String url) {
        DataSourceProperties properties = new DataSourceProperties();
        properties.setUrl(url);
        properties.setUsername("postgres");
        properties.setPassword("postgres");
        return open(Path.of("unused"), properties);
    }

    private static OpenStore open(Path directory, DataSourceProperties dataSource) {
        CanyonProperties canyon = new Binder(
                        new MapConfigurationPropertySource(Map.of("canyon.data-dir", directory.toString())))
                .bind("canyon", CanyonProperties.class)
                .get();
        StoreConfiguration configuration = new StoreConfiguration();
        StoreStatus status = configuration.storeStatus();
        Database database = configuration.storeDatabase(canyon, dataSource, status);
        DatabaseSession session =
                configuration.storeSession(database, configuration.storePool(database, dataSource), status);
        return new OpenStore(
                session, configuration.listenerStore(session, status), configuration.runStore(session, status));
    }
}
