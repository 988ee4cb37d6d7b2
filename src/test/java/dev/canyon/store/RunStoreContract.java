package dev.canyon.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.canyon.listener.StoreUnavailableException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The behaviour of every store of runs, independent of the database. */
abstract class RunStoreContract {

    private @Nullable OpenStore store;

    /** Opens the store with the content written earlier in the same test. */
    abstract OpenStore open();

    /** A connection that does not use the store. */
    abstract Connection connect() throws SQLException;

    @AfterEach
    void closeStore() {
        if (store != null) {
            store.close();
            store = null;
        }
    }

    final OpenStore store() {
        return Objects.requireNonNull(store, "not opened yet");
    }

    final OpenStore reopened() {
        closeStore();
        OpenStore opened = open();
        store = opened;
        opened.load();
        return opened;
    }

    @Test
    void savedRunsAreLoadedAfterReopening() {
        assertThat(reopened().runs().load()).isEmpty();
        store().runs().save(RunRecords.full("a"), List.of());
        store().runs().save(RunRecords.failed("b"), List.of());
        store().runs().save(RunRecords.tenMinutes("c"), List.of());
        store().runs().save(RunRecords.overTls("d"), List.of());
        assertThat(reopened().runs().load())
                .containsExactlyInAnyOrder(
                        RunRecords.full("a"),
                        RunRecords.failed("b"),
                        RunRecords.tenMinutes("c"),
                        RunRecords.overTls("d"));
        store().runs().save(RunRecords.failed("a"), List.of());
        store().runs().delete("b");
        store().runs().delete("never-there");
        assertThat(reopened().runs().load())
                .containsExactlyInAnyOrder(RunRecords.failed("a"), RunRecords.tenMinutes("c"), RunRecords.overTls("d"));
    }

    @Test
    void aRunIsSavedAndOthersDeletedInOneTransaction() throws SQLException {
        reopened();
        List.of("a", "b", "c").forEach(id -> store().runs().save(RunRecords.failed(id), List.of()));
        execute("ALTER TABLE run RENAME COLUMN checksum TO gone");
        assertThatThrownBy(() -> store().runs().save(RunRecords.full("d"), List.of("a", "b")))
                .isInstanceOf(StoreUnavailableException.class);
        execute("ALTER TABLE run RENAME COLUMN gone TO checksum");
        assertThat(store().runs().load()).hasSize(3);
        store().runs().save(RunRecords.full("d"), List.of("a", "b", "never-there"));
        assertThat(reopened().runs().load()).containsExactlyInAnyOrder(RunRecords.failed("c"), RunRecords.full("d"));
    }

    @Test
    void readsAndWritesFailBeforeTheDatabaseIsAcquired() {
        reopened().runs().save(RunRecords.full("a"), List.of());
        closeStore();
        try (OpenStore early = open()) {
            assertThatThrownBy(() -> early.runs().load()).isInstanceOf(StoreUnavailableException.class);
            assertThatThrownBy(() -> early.runs().save(RunRecords.full("b"), List.of("a")))
                    .isInstanceOf(StoreUnavailableException.class);
            early.load();
            assertThat(early.runs().load()).containsExactly(RunRecords.full("a"));
        }
    }

    @Test
    void aRunIsNotSavedAfterUseByAnotherProcess() throws SQLException {
        reopened();
        execute("UPDATE ledger SET epoch = epoch + 1");
        assertThatThrownBy(() -> store().runs().save(RunRecords.full("a"), List.of()))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessageContaining("restart this process to load the changes");
        assertThat(store().trouble())
                .hasValueSatisfying(
                        trouble -> assertThat(trouble).contains("restart this process to load the changes"));
        assertThat(reopened().runs().load()).isEmpty();
    }

    @Test
    void aDamagedRowIsReportedSkippedAndDeletedWithTheNextRun() throws SQLException {
        reopened().save(Definitions.tcp("kept", 1));
        store().runs().save(RunRecords.full("a"), List.of());
        store().runs().save(RunRecords.full("b"), List.of());
        execute("UPDATE run SET document = replace(document, '\"lost\":10', '\"lost\":11') WHERE id = 'a'");
        assertThat(reopened().runs().load()).containsExactly(RunRecords.full("b"));
        assertThat(store().trouble())
                .hasValueSatisfying(
                        trouble -> assertThat(trouble).contains("the row of run 'a' does not match its checksum"));
        assertThat(store().load()).containsExactly(Definitions.tcp("kept", 1));
        store().runs().save(RunRecords.failed("c"), List.of());
        assertThat(store().trouble()).isEmpty();
        assertThat(reopened().runs().load()).containsExactlyInAnyOrder(RunRecords.full("b"), RunRecords.failed("c"));
        assertThat(store().trouble()).isEmpty();
    }

    /** Created by a version without runs. */
    @Test
    void anOlderDatabaseIsMigratedWithItsListeners() throws SQLException {
        reopened().save(Definitions.tcp("kept", 1));
        closeStore();
        execute("DROP TABLE run");
        execute("DELETE FROM flyway_schema_history WHERE version = '2'");
        reopened().runs().save(RunRecords.full("a"), List.of());
        assertThat(reopened().load()).containsExactly(Definitions.tcp("kept", 1));
        assertThat(store().runs().load()).containsExactly(RunRecords.full("a"));
        assertThat(store().trouble()).isEmpty();
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
