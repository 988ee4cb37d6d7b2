package dev.canyon.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.canyon.listener.StoreUnavailableException;
import dev.canyon.listener.VersionedDefinition;
import dev.canyon.probe.run.RunRecord;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteStoreTest extends ListenerStoreContract {

    private static final int FLIPS = Integer.getInteger("canyon.test.flips", 150);

    @TempDir
    Path directory;

    @Override
    OpenStore open() {
        return Stores.sqlite(directory);
    }

    @Override
    Connection connect() throws SQLException {
        return DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("canyon.db"));
    }

    @Test
    void aSecondStoreInTheSameDirectoryIsRefused() {
        try (OpenStore first = open()) {
            first.load();
            assertThatThrownBy(this::open)
                    .isInstanceOf(StoreUnusableException.class)
                    .hasMessageContaining("uses the data directory");
        }
        open().close();
    }

    @Test
    void aDamagedFileGivesWayToItsLastGoodCopy() throws IOException {
        List<VersionedDefinition> kept = keep(20);
        byte[] whole = Files.readAllBytes(file());
        List<byte[]> damaged = List.of(new byte[0], java.util.Arrays.copyOf(whole, whole.length / 2), new byte[100]);
        for (byte[] bytes : damaged) {
            Files.write(file(), bytes);
            try (OpenStore store = open()) {
                assertThat(store.load()).containsExactlyInAnyOrderElementsOf(kept);
                assertThat(store.trouble())
                        .hasValueSatisfying(
                                trouble -> assertThat(trouble).contains("could not be used", "last good copy"));
            }
            assertThat(files("canyon.db.damaged-")).isNotEmpty();
        }
        try (OpenStore store = open()) {
            assertThat(store.load()).hasSize(20);
            assertThat(store.trouble()).isEmpty();
        }
    }

    @Test
    void aMissingFileGivesWayToItsLastGoodCopyToo() throws IOException {
        List<VersionedDefinition> kept = keep(3);
        Files.delete(file());
        try (OpenStore store = open()) {
            assertThat(store.load()).containsExactlyInAnyOrderElementsOf(kept);
            assertThat(store.trouble()).isPresent();
        }
    }

    @Test
    void aCopyThatCannotBeReadDoesNotKeepAWholeFileFromBeingUsed() throws IOException {
        List<VersionedDefinition> kept = keep(3);
        Files.write(directory.resolve("canyon.last-good.db"), new byte[5_000]);
        try (OpenStore store = open()) {
            assertThat(store.load()).containsExactlyInAnyOrderElementsOf(kept);
            assertThat(store.trouble()).isEmpty();
        }
    }

    @Test
    void withoutAGoodCopyADamagedFileEndsTheStartAndIsLeftAlone() throws IOException {
        keep(3);
        Files.delete(directory.resolve("canyon.last-good.db"));
        Files.write(file(), new byte[0]);
        assertThatThrownBy(this::open)
                .isInstanceOf(StoreUnusableException.class)
                .hasMessageContaining("is damaged (it is empty)");
        assertThat(Files.size(file())).isZero();
        assertThat(files("canyon.db.damaged-")).isEmpty();
    }

    @Test
    void aFlippedByteIsEitherHarmlessOrToldAndNeverLosesAListener() throws IOException {
        long seed = Long.getLong("canyon.test.seed", System.nanoTime());
        System.out.println("Bytes flipped with -Dcanyon.test.seed=" + seed);
        Random random = new Random(seed);
        List<VersionedDefinition> kept = keep(40);
        byte[] whole = Files.readAllBytes(file());
        int noticed = 0;
        for (int i = 0; i < FLIPS; i++) {
            byte[] flipped = whole.clone();
            int at = random.nextInt(flipped.length);
            flipped[at] ^= (byte) (1 << random.nextInt(8));
            Files.write(file(), flipped);
            try (OpenStore store = open()) {
                assertThat(store.load())
                        .as("byte %d of %d", at, whole.length)
                        .containsExactlyInAnyOrderElementsOf(kept);
                noticed += store.trouble().isPresent() ? 1 : 0;
            } catch (StoreUnusableException ex) {
                assertThat(ex).hasMessageContaining("newer version of Canyon");
            }
            for (Path aside : files("canyon.db")) {
                Files.delete(aside);
            }
        }
        assertThat(noticed).isPositive();
    }

    @Test
    void aDamagedLogIsTold() throws IOException {
        Path crashed = crash(12);
        Path log = crashed.resolve("canyon.db-wal");
        byte[] bytes = Files.readAllBytes(log);
        bytes[bytes.length / 2] ^= 1;
        Files.write(log, bytes);
        try (OpenStore store = Stores.sqlite(crashed)) {
            store.load();
            assertThat(store.trouble())
                    .hasValueSatisfying(
                            trouble -> assertThat(trouble).contains("what was changed last may be missing"));
        }
    }

    @Test
    void aLogThatACrashLeftBehindIsNoTrouble() throws IOException {
        Path crashed = crash(12);
        // What was being written when the power went is cut off, and was never acknowledged.
        Path log = crashed.resolve("canyon.db-wal");
        byte[] bytes = Files.readAllBytes(log);
        byte[] cut = java.util.Arrays.copyOf(bytes, bytes.length - 1000);
        try (OpenStore store = Stores.sqlite(crashed)) {
            assertThat(store.load()).hasSize(12);
            assertThat(store.trouble()).isEmpty();
        }
        Path again = crash(12, "again");
        Files.write(again.resolve("canyon.db-wal"), cut);
        try (OpenStore store = Stores.sqlite(again)) {
            store.load();
            assertThat(store.trouble()).isEmpty();
        }
    }

    /** The file itself is whole then, as it was before the changes in its log. */
    @Test
    void aFileWhoseLogIsLostGivesWayToACopyThatHasMore() throws IOException {
        for (boolean zeroed : new boolean[] {false, true}) {
            Path crashed = crash(12, zeroed ? "zeroed" : "removed");
            try (OpenStore store = Stores.sqlite(directory.resolve("good" + zeroed))) {
                store.load();
                for (int i = 0; i < 12; i++) {
                    store.save(Definitions.tcp("n" + i, i));
                }
            }
            Files.copy(directory.resolve("good" + zeroed + "/canyon.db"), crashed.resolve("canyon.last-good.db"));
            Path log = crashed.resolve("canyon.db-wal");
            if (zeroed) {
                byte[] bytes = Files.readAllBytes(log);
                java.util.Arrays.fill(bytes, 0, 32, (byte) 0);
                Files.write(log, bytes);
            } else {
                Files.delete(log);
            }
            try (OpenStore store = Stores.sqlite(crashed)) {
                assertThat(store.load()).hasSize(12);
                assertThat(store.trouble())
                        .hasValueSatisfying(trouble -> assertThat(trouble).contains("lacks changes that the copy has"));
            }
        }
    }

    /** The files as they are while a process writes, which is what a crash leaves. */
    private Path crash(int count) throws IOException {
        return crash(count, "crashed");
    }

    private Path crash(int count, String name) throws IOException {
        Path crashed = Files.createDirectories(directory.resolve(name));
        Path living = directory.resolve(name + "-living");
        try (OpenStore store = Stores.sqlite(living)) {
            store.load();
            for (int i = 0; i < count; i++) {
                store.save(Definitions.tcp("n" + i, i));
            }
            for (String file : List.of("canyon.db", "canyon.db-wal")) {
                Files.copy(living.resolve(file), crashed.resolve(file));
            }
        }
        return crashed;
    }

    @Test
    void aFullDiskRefusesChangesUntilThereIsRoom() throws Exception {
        Path disk = directory.resolve("disk");
        Optional<String> obstacle = Tmpfs.mount(disk, "1m");
        assumeTrue(obstacle.isEmpty(), () -> "needs a small tmpfs: " + obstacle.orElse(""));
        try (OpenStore store = Stores.sqlite(disk)) {
            store.load();
            store.save(Definitions.tcp("before", 1));
            Path ballast = disk.resolve("ballast");
            Tmpfs.fill(ballast);
            List<VersionedDefinition> saved = new ArrayList<>(List.of(Definitions.tcp("before", 1)));
            StoreUnavailableException refusal = null;
            for (int i = 0; i < 2_000 && refusal == null; i++) {
                VersionedDefinition next = Definitions.tcp("n" + i, i);
                try {
                    store.save(next);
                    saved.add(next);
                } catch (StoreUnavailableException ex) {
                    refusal = ex;
                }
            }
            assertThat(refusal).isNotNull().hasMessageContaining("is full");
            assertThat(store.trouble()).isPresent();
            assertThat(store.load()).containsExactlyInAnyOrderElementsOf(saved);
            Files.delete(ballast);
            store.save(Definitions.udp("after", 9));
            saved.add(Definitions.udp("after", 9));
            assertThat(store.load()).containsExactlyInAnyOrderElementsOf(saved);
            assertThat(store.trouble()).isEmpty();
        } finally {
            Tmpfs.unmount(disk);
        }
    }

    @Test
    void aFullDiskAtTheFirstStartEndsItWithTheRemedy() throws Exception {
        Path disk = directory.resolve("disk");
        Optional<String> obstacle = Tmpfs.mount(disk, "16k");
        assumeTrue(obstacle.isEmpty(), () -> "needs a small tmpfs: " + obstacle.orElse(""));
        try {
            assertThatThrownBy(() -> Stores.sqlite(disk))
                    .isInstanceOfSatisfying(
                            StoreUnusableException.class,
                            ex -> assertThat(ex.remedy()).contains("the disk is neither full"))
                    .hasMessageContaining("canyon.db cannot be used: org.sqlite.SQLiteException: [SQLITE_");
        } finally {
            Tmpfs.unmount(disk);
        }
    }

    /** Its log and its copy must not eat a small disk up. */
    @Test
    void manyChangesFitOnASmallDisk() throws Exception {
        Path disk = directory.resolve("disk");
        Optional<String> obstacle = Tmpfs.mount(disk, "2m");
        assumeTrue(obstacle.isEmpty(), () -> "needs a small tmpfs: " + obstacle.orElse(""));
        try (OpenStore store = Stores.sqlite(disk)) {
            store.load();
            for (int i = 0; i < 3_000; i++) {
                store.save(Definitions.tcp("n" + i % 20, i));
            }
            assertThat(store.load()).hasSize(20);
            assertThat(store.trouble()).isEmpty();
        } finally {
            Tmpfs.unmount(disk);
        }
    }

    @Test
    void aDirectoryThatCannotBeWrittenEndsTheStart() throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "");
        assertThatThrownBy(() -> Stores.sqlite(file.resolve("data")))
                .isInstanceOf(StoreUnusableException.class)
                .hasMessageContaining("cannot be written");
    }

    private List<VersionedDefinition> keep(int count) {
        List<VersionedDefinition> kept = LongStream.range(0, count)
                .mapToObj(version -> Definitions.tcp("n" + version, version))
                .toList();
        try (OpenStore store = open()) {
            store.load();
            store.write(kept, Set.of());
        }
        return kept;
    }

    private Path file() {
        return directory.resolve("canyon.db");
    }

    private List<Path> files(String prefix) throws IOException {
        try (Stream<Path> all = Files.list(directory)) {
            return all.filter(path -> path.getFileName().toString().startsWith(prefix))
                    .toList();
        }
    }

    @Nested
    class OfRuns extends RunStoreContract {

        @Override
        OpenStore open() {
            return SqliteStoreTest.this.open();
        }

        @Override
        Connection connect() throws SQLException {
            return SqliteStoreTest.this.connect();
        }

        /** The copy has the run, but may lack what became of listeners after it. */
        @Test
        void aByteFlippedInARunCostsNoListener() throws IOException {
            reopened().runs().save(RunRecords.tenMinutes("a"), List.of());
            store().save(Definitions.tcp("kept", 1));
            closeStore();
            Files.delete(directory.resolve("canyon.last-good.db"));
            byte[] bytes = Files.readAllBytes(file());
            int at = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("\"atMs\":300000");
            bytes[at + 9] ^= 1;
            Files.write(file(), bytes);
            assertThat(reopened().load()).containsExactly(Definitions.tcp("kept", 1));
            assertThat(store().runs().load()).isEmpty();
            assertThat(store().trouble())
                    .hasValueSatisfying(trouble -> assertThat(trouble)
                            .contains("the row of run 'a' does not match its checksum")
                            .doesNotContain("last good copy"));
        }

        @Test
        void aFullDiskRefusesRunsUntilThereIsRoom() throws Exception {
            Path disk = directory.resolve("disk");
            Optional<String> obstacle = Tmpfs.mount(disk, "1m");
            assumeTrue(obstacle.isEmpty(), () -> "needs a small tmpfs: " + obstacle.orElse(""));
            try (OpenStore full = Stores.sqlite(disk)) {
                full.load();
                Path ballast = disk.resolve("ballast");
                Tmpfs.fill(ballast);
                List<RunRecord> saved = new ArrayList<>();
                StoreUnavailableException refusal = null;
                for (int i = 0; i < 100 && refusal == null; i++) {
                    try {
                        full.runs().save(RunRecords.tenMinutes("n" + i), List.of());
                        saved.add(RunRecords.tenMinutes("n" + i));
                    } catch (StoreUnavailableException ex) {
                        refusal = ex;
                    }
                }
                assertThat(refusal).isNotNull().hasMessageContaining("is full");
                assertThat(full.trouble()).isPresent();
                assertThat(full.runs().load()).containsExactlyInAnyOrderElementsOf(saved);
                Files.delete(ballast);
                full.runs().save(RunRecords.full("after"), List.of());
                saved.add(RunRecords.full("after"));
                assertThat(full.runs().load()).containsExactlyInAnyOrderElementsOf(saved);
                assertThat(full.trouble()).isEmpty();
            } finally {
                Tmpfs.unmount(disk);
            }
        }

        @Test
        void thatAnotherProcessHadTheDatabaseStaysATrouble() throws SQLException {
            reopened();
            try (Connection other = connect();
                    Statement statement = other.createStatement()) {
                statement.execute("UPDATE ledger SET epoch = epoch + 1");
            }
            assertThatThrownBy(() -> store().runs().delete("a")).isInstanceOf(StoreUnavailableException.class);
            // Longer than the store takes to try whether it can be written again.
            await().during(Duration.ofMillis(2_500))
                    .until(() -> store().trouble().isPresent());
        }
    }
}
