package dev.canyon.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.canyon.definition.VersionedDefinition;
import dev.canyon.listener.StoreUnavailableException;
import dev.canyon.store.database.StoreUnusableException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The behaviour of every store, independent of the database. */
abstract class ListenerStoreContract {

    private @Nullable OpenStore store;

    /** Opens the store with the content written earlier in the same test. */
    abstract OpenStore open();

    /** A connection that does not use the store. */
    abstract Connection connect() throws SQLException;

    @AfterEach
    void closeStore() {
        if (store != null) {
            store.close();
        }
    }

    private OpenStore reopened() {
        closeStore();
        OpenStore opened = open();
        store = opened;
        return opened;
    }

    private List<VersionedDefinition> loaded() {
        return reopened().load();
    }

    private OpenStore store() {
        return Objects.requireNonNull(store, "not opened yet");
    }

    @Test
    void savedDefinitionsAreLoadedAfterReopening() {
        assertThat(loaded()).isEmpty();
        store().save(Definitions.tcp("a", 1));
        store().save(Definitions.udp("b", 2));
        store().save(Definitions.udp("a", 3));
        assertThat(loaded()).containsExactlyInAnyOrder(Definitions.udp("a", 3), Definitions.udp("b", 2));
        store().save(Definitions.tcp("a", Long.MAX_VALUE));
        store().delete("b");
        store().delete("never-there");
        assertThat(loaded()).containsExactly(Definitions.tcp("a", Long.MAX_VALUE));
    }

    @Test
    void severalChangesAreWrittenTogether() {
        loaded();
        store().save(Definitions.tcp("old", 1));
        List<VersionedDefinition> many = LongStream.range(0, 1_000)
                .mapToObj(version -> Definitions.udp("n" + version, version))
                .toList();
        store().write(many, Set.of("old"));
        assertThat(loaded()).containsExactlyInAnyOrderElementsOf(many);
    }

    @Test
    void writesFailBeforeTheContentIsLoaded() {
        reopened();
        assertThatThrownBy(() -> store().save(Definitions.tcp("a", 1))).isInstanceOf(StoreUnavailableException.class);
        assertThat(loaded()).isEmpty();
    }

    @Test
    void changesByAnotherProcessAreNotOverwritten() throws SQLException {
        loaded();
        store().save(Definitions.tcp("a", 1));
        execute("UPDATE ledger SET epoch = epoch + 1");
        assertThatThrownBy(() -> store().save(Definitions.tcp("a", 2)))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessageContaining("restart this process to load the changes");
        assertThat(loaded()).containsExactly(Definitions.tcp("a", 1));
    }

    @Test
    void aNewerSchemaIsRejectedAndNotChanged() throws SQLException {
        loaded();
        store().save(Definitions.tcp("a", 1));
        closeStore();
        store = null;
        execute("INSERT INTO flyway_schema_history (installed_rank, version, description, type, script, checksum,"
                + " installed_by, execution_time, success) VALUES (99, '99', 'later', 'SQL', 'V99__later.sql', 1, 'x', 1,"
                + " TRUE)");
        execute("CREATE TABLE later (id INTEGER)");
        assertThatThrownBy(this::loaded)
                .isInstanceOf(StoreUnusableException.class)
                .hasMessageContaining("newer version of Canyon (schema 99)");
        execute("SELECT * FROM later");
    }

    @Test
    void anExternallyChangedRowIsReportedAndNotDeleted() throws SQLException {
        loaded();
        store().write(List.of(Definitions.tcp("a", 1), Definitions.udp("b", 2)), Set.of());
        changeRowOfABehindTheStore();
        assertThat(store().load()).containsExactly(Definitions.udp("b", 2));
        assertThat(store().trouble())
                .hasValueSatisfying(
                        trouble -> assertThat(trouble).contains("the row of listener 'a' does not match its checksum"));
    }

    void changeRowOfABehindTheStore() throws SQLException {
        execute("UPDATE listener SET version = 8 WHERE name = 'a'");
    }

    final void execute(String sql) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
