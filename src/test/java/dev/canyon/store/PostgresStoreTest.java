package dev.canyon.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.canyon.engine.kernel.TransportKind;
import dev.canyon.listener.StoreUnavailableException;
import dev.canyon.probe.run.RunLimits;
import dev.canyon.probe.run.Runs;
import dev.canyon.store.database.StoreUnusableException;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class PostgresStoreTest extends ListenerStoreContract {

    private static final Duration LONGEST_REFUSAL = Duration.ofSeconds(3);
    private static final Duration LONGEST_HEALING = Duration.ofSeconds(10);

    private static PostgresServer server;

    private String database;
    private String url;

    @BeforeAll
    static void startServer() throws IOException {
        server = new PostgresServer();
    }

    @AfterAll
    static void stopServer() throws IOException {
        server.close();
    }

    @BeforeEach
    void createDatabase() throws SQLException {
        database = "d" + UUID.randomUUID().toString().replace('-', '_');
        url = server.create(database);
    }

    @Override
    OpenStore open() {
        return Stores.postgres(url);
    }

    @Override
    Connection connect() throws SQLException {
        return server.connect(database);
    }

    @Test
    void aSecondStoreInTheSameDatabaseIsRejected() {
        try (OpenStore first = open();
                OpenStore second = open()) {
            first.load();
            assertThatThrownBy(second::load)
                    .isInstanceOf(StoreUnusableException.class)
                    .hasMessageContaining("another Canyon process is using " + url);
            first.save(Definitions.tcp("a", 1));
            first.close();
            await().atMost(LONGEST_HEALING)
                    .untilAsserted(() -> assertThat(second.load()).hasSize(1));
        }
    }

    @Test
    void aStoppedServerRejectsChangesUntilItIsRestarted() throws IOException {
        try (OpenStore store = open()) {
            store.load();
            store.save(Definitions.tcp("a", 1));
            server.stop();
            assertRejectedInTime(store);
            server.start();
            assertRecoversByItself(store);
            assertThat(store.load()).contains(Definitions.tcp("a", 1));
        }
    }

    @Test
    void aHangingServerRejectsChangesUntilItResumes() throws Exception {
        try (OpenStore store = open()) {
            store.load();
            server.hang();
            try {
                assertRejectedInTime(store);
                assertRejectedInTime(store);
            } finally {
                server.resume();
            }
            assertRecoversByItself(store);
        }
    }

    @Test
    void theServerMayBeUnavailableAtStart() throws IOException {
        server.stop();
        try (OpenStore store = open()) {
            assertThatThrownBy(store::load)
                    .isInstanceOf(StoreUnavailableException.class)
                    .hasMessageContaining(url);
            assertThat(store.trouble()).isPresent();
            server.start();
            await().atMost(LONGEST_HEALING)
                    .ignoreExceptionsInstanceOf(StoreUnavailableException.class)
                    .until(() -> store.load().isEmpty());
            assertThat(store.trouble()).isEmpty();
        }
    }

    private static void assertRejectedInTime(OpenStore store) {
        long before = System.nanoTime();
        assertThatThrownBy(() -> store.save(Definitions.tcp("refused", 2)))
                .isInstanceOf(StoreUnavailableException.class);
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(LONGEST_REFUSAL);
        assertThat(store.trouble()).isPresent();
    }

    private static void assertRecoversByItself(OpenStore store) {
        await().atMost(LONGEST_HEALING).until(() -> store.trouble().isEmpty());
        store.save(Definitions.udp("healed", 3));
    }

    @Nested
    class OfRuns extends RunStoreContract {

        @Override
        OpenStore open() {
            return PostgresStoreTest.this.open();
        }

        @Override
        Connection connect() throws SQLException {
            return PostgresStoreTest.this.connect();
        }

        @Test
        void storedRunsAreReadOnceTheServerIsAvailable() throws IOException {
            reopened().runs().save(RunRecords.full("a"), List.of());
            closeStore();
            server.stop();
            try (OpenStore away = open();
                    Runs runs = new Runs(
                            TransportKind.NIO, new RunLimits(1, Duration.ofMinutes(1), 1, 1, 1, 1), away.runs())) {
                assertThatThrownBy(away::load).isInstanceOf(StoreUnavailableException.class);
                runs.restore();
                assertThat(runs.newestFirst()).isEmpty();
                server.start();
                await().atMost(LONGEST_HEALING)
                        .ignoreExceptionsInstanceOf(StoreUnavailableException.class)
                        .until(() -> away.load().isEmpty());
                await().atMost(LONGEST_HEALING)
                        .untilAsserted(() -> assertThat(runs.find("a"))
                                .hasValueSatisfying(
                                        run -> assertThat(run.record()).isEqualTo(RunRecords.full("a"))));
            }
        }
    }
}
