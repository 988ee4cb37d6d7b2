package dev.canyon.junit;

import static dev.canyon.junit.Faults.refuse;
import static dev.canyon.junit.Faults.silence;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.canyon.engine.kernel.Descriptors;
import dev.canyon.net.BindFailedException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.platform.launcher.listeners.TestExecutionSummary.Failure;

/** Whole runs of tests with the extension. */
class TestRunTest {

    @Test
    void aFailedTestPrintsTheLastEventsOfTheListeners() {
        TestRun run = TestRun.of(FailingTests.class);
        assertThat(run.summary().getTestsFailedCount()).isEqualTo(1);
        assertThat(run.summary().getTestsSucceededCount()).isEqualTo(1);
        assertThat(run.errors())
                .containsOnlyOnce("Listeners in the failed test fails():")
                .contains("tcp listener 'backend' (127.0.0.1:")
                .contains("received 4 bytes: \"PING\"")
                .contains("fault silence-1 added")
                .contains("udp listener 'syslog'")
                .contains("no events in")
                .doesNotContain("succeeds");
    }

    static class FailingTests {

        @RegisterExtension
        static final EchoListeners echo = EchoListeners.withTcp("backend").andUdp("syslog");

        @Test
        void fails() throws Exception {
            echo.tcp("backend").fault(silence());
            try (Socket client = connect(echo)) {
                client.getOutputStream().write(new byte[] {'P', 'I', 'N', 'G'});
                echo.tcp("backend").awaitReceived("PONG", Duration.ofMillis(200));
            }
        }

        @Test
        void succeeds() {}
    }

    /** With a program that took two ports while the listeners refused connects. */
    @Test
    void listenersAreClosedAlthoughFaultsCannotEnd() throws Exception {
        TestRun run = TestRun.of(TakenPorts.class);
        for (ServerSocket other : TakenPorts.TAKEN) {
            other.close();
        }
        assertThat(failures(run))
                .hasSize(2)
                .allSatisfy(failure -> assertThat(failure)
                        .isInstanceOf(BindFailedException.class)
                        .satisfies(first -> assertThat(first.getSuppressed()).hasSize(1)));
        assertThat(TakenPorts.ADDRESSES)
                .hasSize(3)
                .allSatisfy(
                        address -> assertThatThrownBy(() -> connect(address)).isInstanceOf(ConnectException.class));
    }

    static class TakenPorts {

        static final List<ServerSocket> TAKEN = new ArrayList<>();
        static final List<InetSocketAddress> ADDRESSES = new ArrayList<>();

        @RegisterExtension
        static final EchoListeners echo =
                EchoListeners.withTcp("one").andTcp("two").andTcp("free");

        @Test
        void refuses() throws Exception {
            for (String name : List.of("one", "two", "free")) {
                ADDRESSES.add(echo.tcp(name).address());
            }
            for (String name : List.of("one", "two")) {
                echo.tcp(name).fault(refuse());
                ServerSocket other = new ServerSocket();
                TAKEN.add(other);
                other.setReuseAddress(true);
                other.bind(echo.tcp(name).address());
            }
        }
    }

    @Test
    void classesThatRunConcurrentlyDoNotSeeEachOther() {
        TestRun run = TestRun.of(
                Map.of(
                        "junit.jupiter.execution.parallel.enabled", "true",
                        "junit.jupiter.execution.parallel.mode.default", "concurrent",
                        "junit.jupiter.execution.parallel.config.strategy", "fixed",
                        "junit.jupiter.execution.parallel.config.fixed.parallelism", "4"),
                Left.class,
                Right.class);
        assertThat(failures(run)).isEmpty();
        assertThat(run.summary().getTestsSucceededCount()).isEqualTo(2 + 50);
    }

    private static final CountDownLatch BOTH = new CountDownLatch(2);

    static class Left {

        @RegisterExtension
        static final EchoListeners echo = EchoListeners.withTcp("backend");

        @Test
        void silences() throws Exception {
            echo.tcp("backend").fault(silence());
            BOTH.countDown();
            assertThat(BOTH.await(10, TimeUnit.SECONDS)).isTrue();
            assertThat(echo.tcp("backend").connections()).isEmpty();
        }
    }

    static class Right {

        @RegisterExtension
        final EchoListeners echo = EchoListeners.withTcp("backend");

        @Test
        void isNotSilenced() throws Exception {
            BOTH.countDown();
            assertThat(BOTH.await(10, TimeUnit.SECONDS)).isTrue();
            exchange(echo);
        }

        @RepeatedTest(50)
        void hasListenersOfItsOwn() throws Exception {
            exchange(echo);
            assertThat(echo.tcp("backend").connections()).hasSize(1);
            assertThat(echo.tcp("backend").received().text()).isEqualTo("x");
        }
    }

    @Test
    void aThousandTestsLeaveNoThreadAndNoDescriptor() throws Exception {
        assertThat(failures(TestRun.of(OneOfTen.class))).isEmpty();
        Map<String, Long> threads = threads();
        long descriptors = descriptors();
        TestRun run = TestRun.of(OneOfThousand.class);
        assertThat(failures(run)).isEmpty();
        assertThat(run.summary().getTestsSucceededCount()).isEqualTo(1000);
        assertThat(OneOfMany.PORTS).hasSizeGreaterThan(500);
        awaitNoMoreThan(threads, descriptors);
        System.out.printf(
                "1000 tests with 3 listeners each took %d ms; %d threads and %d descriptors before and after%n",
                run.summary().getTimeFinished() - run.summary().getTimeStarted(),
                threads.values().stream().mapToLong(Long::longValue).sum(),
                descriptors);
    }

    abstract static class OneOfMany {

        static final Set<Integer> PORTS = ConcurrentHashMap.newKeySet();

        @RegisterExtension
        final EchoListeners echo =
                EchoListeners.withTcp("backend").andUdp("syslog").andTls("secure");

        void exchangeAndAddAFault() throws Exception {
            PORTS.add(echo.tcp("backend").port());
            exchange(echo);
            echo.tcp("backend").fault(silence().first(1));
        }
    }

    static class OneOfTen extends OneOfMany {

        @RepeatedTest(10)
        void warmsUp() throws Exception {
            exchangeAndAddAFault();
        }
    }

    static class OneOfThousand extends OneOfMany {

        @RepeatedTest(1000)
        void leavesNothing() throws Exception {
            exchangeAndAddAFault();
        }
    }

    private static void awaitNoMoreThan(Map<String, Long> threads, long descriptors) throws Exception {
        long deadline = System.nanoTime() + ofSeconds(20).toNanos();
        while (!(isWithin(threads) && descriptors() <= descriptors) && System.nanoTime() < deadline) {
            Thread.sleep(50);
        }
        assertThat(threads()).as("threads by name, before: %s", threads).matches(now -> isWithin(threads));
        assertThat(descriptors()).isLessThanOrEqualTo(descriptors);
    }

    private static boolean isWithin(Map<String, Long> before) {
        return threads().entrySet().stream().allMatch(now -> now.getValue() <= before.getOrDefault(now.getKey(), 0L));
    }

    /** The numbers of threads by their names without numbers, by which threads of two runs differ. */
    private static Map<String, Long> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .collect(Collectors.groupingBy(
                        thread -> thread.getName().replaceAll("[0-9]+", "N"), Collectors.counting()));
    }

    private static long descriptors() {
        return Descriptors.open();
    }

    @Test
    void aListenerIsOpenWithinASecond() {
        Opening.MILLIS.clear();
        assertThat(failures(TestRun.of(Opening.class))).isEmpty();
        assertThat(Opening.MILLIS).hasSize(20);
        double median = Opening.MILLIS.stream().sorted().toList().get(10);
        System.out.println("opening a listener took, in ms: " + Opening.MILLIS + ", median " + median);
        assertThat(median).isLessThan(1000);
    }

    static class Opening {

        static final List<Double> MILLIS = new CopyOnWriteArrayList<>();

        private final long begin = System.nanoTime();

        @RegisterExtension
        final EchoListeners echo = EchoListeners.withTcp("backend");

        @RepeatedTest(20)
        void isOpen() throws Exception {
            MILLIS.add(Math.round((System.nanoTime() - begin) / 1e4) / 100.0);
            exchange(echo);
        }
    }

    @Test
    void anInstanceFieldOfAnInstancePerClassHasListenersForAllTests() {
        PerClass.PORTS.clear();
        assertThat(failures(TestRun.of(PerClass.class))).isEmpty();
        assertThat(PerClass.PORTS).hasSize(1);
    }

    @TestInstance(Lifecycle.PER_CLASS)
    static class PerClass {

        static final Set<Integer> PORTS = ConcurrentHashMap.newKeySet();

        @RegisterExtension
        final EchoListeners echo = EchoListeners.withTcp("backend");

        @RepeatedTest(5)
        void exchanges() throws Exception {
            PORTS.add(echo.tcp("backend").port());
            assertThat(echo.tcp("backend").connections()).isEmpty();
            exchange(echo);
        }
    }

    private static List<Throwable> failures(TestRun run) {
        return run.summary().getFailures().stream().map(Failure::getException).toList();
    }

    private static Socket connect(EchoListeners echo) throws IOException {
        return connect(echo.tcp("backend").address());
    }

    private static Socket connect(InetSocketAddress address) throws IOException {
        return new Socket(address.getAddress(), address.getPort());
    }

    private static void exchange(EchoListeners echo) throws IOException {
        try (Socket client = connect(echo)) {
            client.getOutputStream().write('x');
            assertThat(client.getInputStream().read()).isEqualTo('x');
        }
    }
}
