package dev.canyon.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.canyon.definition.VersionedDefinition;
import dev.canyon.listener.StoreUnavailableException;
import dev.canyon.probe.run.RunRecord;
import dev.canyon.store.database.StoreUnusableException;
import java.io.IOException;
import java.nio.ByteBuffer;
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
    private static final int LOG_FLIPS = Integer.getInteger("canyon.test.log-flips", 30);
    private static final int LOG_HEADER = 32;
    private static final int FRAME = 24 + 4096;

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
    void aSecondStoreInTheSameDirectoryIsRejected() {
        try (OpenStore first = open()) {
            first.load();
            assertThatThrownBy(this::open)
                    .isInstanceOf(StoreUnusableException.class)
                    .hasMessageContaining("is using the data directory");
        }
        open().close();
    }

    @Test
    void aDamagedFileIsReplacedByItsLastGoodCopy() throws IOException {
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
    void aMissingFileIsReplacedByItsLastGoodCopy() throws IOException {
        List<VersionedDefinition> kept = keep(3);
        Files.delete(file());
        try (OpenStore store = open()) {
            assertThat(store.load()).containsExactlyInAnyOrderElementsOf(kept);
            assertThat(store.trouble()).isPresent();
        }
    }

    @Test
    void anUnreadableCopyDoesNotPreventTheUseOfAnIntactFile() throws IOException {
        List<VersionedDefinition> kept = keep(3);
        Files.write(directory.resolve("canyon.last-good.db"), new byte[5_000]);
        try (OpenStore store = open()) {
            assertThat(store.load()).containsExactlyInAnyOrderElementsOf(kept);
            assertThat(store.trouble()).isEmpty();
        }
    }

    @Test
    void withoutACopyADamagedFileFailsTheStartAndIsNotChanged() throws IOException {
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
    void aDirectoryThatWasMovedIsReportedAndUsedAgainOnceItIsBack() throws IOException {
        Path data = directory.resolve("data");
        Path elsewhere = directory.resolve("elsewhere");
        try (OpenStore store = Stores.sqlite(data)) {
            store.load();
            store.write(List.of(Definitions.tcp("a", 1)), Set.of());
            Files.move(data, elsewhere);
            await().until(() -> store.trouble().isPresent());
            assertThatThrownBy(() -> store.write(List.of(Definitions.tcp("b", 1)), Set.of()))
                    .isInstanceOf(StoreUnavailableException.class)
                    .hasMessageContaining("canyon.db was deleted, moved or replaced")
                    .hasMessageContaining("restart Canyon");
            Files.move(elsewhere, data);
            await().until(() -> store.trouble().isEmpty());
            store.write(List.of(Definitions.tcp("c", 1)), Set.of());
        }
        try (OpenStore store = Stores.sqlite(data)) {
            assertThat(store.load())
                    .extracting(each -> each.definition().name())
                    .containsExactlyInAnyOrder("a", "c");
        }
    }

    @Test
    void aReplacedDirectoryIsReportedAndNotTouched() throws IOException {
        Path data = directory.resolve("data");
        OpenStore store = Stores.sqlite(data);
        store.load();
        store.write(List.of(Definitions.tcp("a", 1)), Set.of());
        Files.move(data, directory.resolve("elsewhere"));
        try (OpenStore other = Stores.sqlite(data)) {
            other.load();
            other.write(List.of(Definitions.tcp("other", 1)), Set.of());
            assertThatThrownBy(() -> store.write(List.of(Definitions.tcp("b", 1)), Set.of()))
                    .isInstanceOf(StoreUnavailableException.class);
            store.close();
            assertThat(data.resolve("canyon.db-wal")).exists();
            other.write(List.of(Definitions.tcp("later", 1)), Set.of());
        }
        try (OpenStore other = Stores.sqlite(data)) {
            assertThat(other.load())
                    .extracting(each -> each.definition().name())
                    .containsExactlyInAnyOrder("later", "other");
            assertThat(other.trouble()).isEmpty();
        }
    }

    @Test
    void aFlippedByteIsEitherHarmlessOrReportedAndNeverLosesAListener() throws IOException {
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

    /** To SQLite, a name in upper case is the same; Flyway then looks for its history in vain. */
    @Test
    void aFileWhoseHistoryOfMigrationsCannotBeFoundIsReplacedWithItsCopy() throws IOException {
        List<VersionedDefinition> kept = keep(3);
        byte[] bytes = Files.readAllBytes(file());
        // The type, the name and the table of an entry of the schema.
        int row = new String(bytes, StandardCharsets.ISO_8859_1)
                .indexOf("tableflyway_schema_historyflyway_schema_history");
        bytes[row + "tableflyway_schema_history".length()] = 'F';
        Files.write(file(), bytes);
        try (OpenStore store = open()) {
            assertThat(store.load()).containsExactlyInAnyOrderElementsOf(kept);
            assertThat(store.trouble())
                    .hasValueSatisfying(trouble ->
                            assertThat(trouble).contains("its history of migrations is missing", "last good copy"));
        }
    }

    @Test
    void aDamagedLogIsReported() throws IOException {
        Path crashed = crash(12);
        Path log = crashed.resolve("canyon.db-wal");
        byte[] bytes = Files.readAllBytes(log);
        bytes[bytes.length / 2] ^= 1;
        Files.write(log, bytes);
        try (OpenStore store = Stores.sqlite(crashed)) {
            store.load();
            assertThat(store.trouble())
                    .hasValueSatisfying(trouble -> assertThat(trouble).contains("the last changes may be missing"));
        }
    }

    /**
     * Flips any byte of a frame except the commit mark, which SQLite itself relies on to find transactions.
     *
     * @see <a href="https://sqlite.org/fileformat2.html#walformat">The format of the log</a>
     */
    @Test
    void aFlippedByteInTheLogNeverLosesAChangeSilently() throws IOException {
        long seed = Long.getLong("canyon.test.seed", System.nanoTime());
        System.out.println("Bytes of the log flipped with -Dcanyon.test.seed=" + seed);
        Random random = new Random(seed);
        Path crashed = crash(12);
        byte[] whole = Files.readAllBytes(crashed.resolve("canyon.db-wal"));
        int reported = 0;
        for (int i = 0; i < LOG_FLIPS; i++) {
            Path flipped = Files.createDirectories(directory.resolve("flipped-" + i));
            Files.copy(crashed.resolve("canyon.db"), flipped.resolve("canyon.db"));
            byte[] log = whole.clone();
            // Every third flip is in the frame header, which has 24 bytes.
            int frame = LOG_HEADER + FRAME * random.nextInt((whole.length - LOG_HEADER) / FRAME);
            int at = i % 3 == 0 ? random.nextInt(24) : random.nextInt(FRAME);
            at = at >= 4 && at < 8 ? at + 4 : at;
            log[frame + at] ^= (byte) (1 << random.nextInt(8));
            Files.write(flipped.resolve("canyon.db-wal"), log);
            try (OpenStore store = Stores.sqlite(flipped)) {
                int loaded = store.load().size();
                assertThat(loaded == 12 || store.trouble().isPresent())
                        .as("byte %d of the frame at %d, %d listeners loaded", at, frame, loaded)
                        .isTrue();
                reported += store.trouble().isPresent() ? 1 : 0;
            }
        }
        assertThat(reported).isPositive();
    }

    @Test
    void aFlippedBitInTheSaltOfTheLogIsReported() throws IOException {
        Path crashed = crash(12);
        byte[] whole = Files.readAllBytes(crashed.resolve("canyon.db-wal"));
        int lastFrame = LOG_HEADER + (whole.length - LOG_HEADER) / FRAME * FRAME - FRAME;
        for (int at : new int[] {16, 23, lastFrame + 8, lastFrame + 15}) {
            Path flipped = Files.createDirectories(directory.resolve("salt-" + at));
            Files.copy(crashed.resolve("canyon.db"), flipped.resolve("canyon.db"));
            byte[] log = whole.clone();
            log[at] ^= 1;
            Files.write(flipped.resolve("canyon.db-wal"), log);
            try (OpenStore store = Stores.sqlite(flipped)) {
                store.load();
                assertThat(store.trouble()).as("byte " + at).isPresent();
            }
        }
    }

    @Test
    void aLogLeftBehindByACrashIsNotReported() throws IOException {
        Path crashed = crash(12);
        // An interrupted write, which was never acknowledged.
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

    /** A log is overwritten from its start after a checkpoint, so that older frames follow the last one. */
    @Test
    void aLogThatWasUsedBeforeIsReadUpToItsLastChange() throws IOException {
        Path crashed = crash(40);
        ByteBuffer log = ByteBuffer.wrap(Files.readAllBytes(crashed.resolve("canyon.db-wal")));
        int lastFrame = LOG_HEADER + (log.capacity() - LOG_HEADER) / FRAME * FRAME - FRAME;
        assertThat(log.getLong(LOG_HEADER + 8)).as("salt of the first frame").isEqualTo(log.getLong(16));
        assertThat(log.getLong(lastFrame + 8)).as("salt of the last frame").isNotEqualTo(log.getLong(16));

        Path flipped = Files.createDirectories(directory.resolve("flipped"));
        Files.copy(crashed.resolve("canyon.db"), flipped.resolve("canyon.db"));
        log.put(LOG_HEADER + 1000, (byte) ~log.get(LOG_HEADER + 1000));
        Files.write(flipped.resolve("canyon.db-wal"), log.array());

        try (OpenStore store = Stores.sqlite(crashed)) {
            assertThat(store.load()).hasSize(40);
            assertThat(store.trouble()).isEmpty();
        }
        try (OpenStore store = Stores.sqlite(flipped)) {
            store.load();
            assertThat(store.trouble()).isPresent();
        }
    }

    /** The file itself is valid, but in the state before the changes in its log. */
    @Test
    void aFileWhoseLogIsLostIsReplacedByANewerCopy() throws IOException {
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
                        .hasValueSatisfying(
                                trouble -> assertThat(trouble).contains("is older than the last good copy"));
            }
        }
    }

    /** Copies the files while the store is open, which is what a crash leaves behind. */
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
    void aFullDiskRejectsChangesUntilThereIsSpace() throws Exception {
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
    void aFullDiskFailsTheFirstStartWithARemedy() throws Exception {
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

    /** The log and the copy must not fill a small disk. */
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
    void anUnwritableDirectoryFailsTheStart() throws IOException {
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

        /** The copy contains the run, but may lack later changes of listeners. */
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
        void aFullDiskRejectsRunsUntilThereIsSpace() throws Exception {
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
        void useByAnotherProcessIsReportedUntilARestart() throws SQLException {
            reopened();
            try (Connection other = connect();
                    Statement statement = other.createStatement()) {
                statement.execute("UPDATE ledger SET epoch = epoch + 1");
            }
            assertThatThrownBy(() -> store().runs().delete("a")).isInstanceOf(StoreUnavailableException.class);
            // Longer than the interval of the maintenance task.
            await().during(Duration.ofMillis(2_500))
                    .until(() -> store().trouble().isPresent());
        }
    }
}
