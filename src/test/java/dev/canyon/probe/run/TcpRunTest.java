package dev.canyon.probe.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.canyon.net.Protocol;
import dev.canyon.probe.OddServer;
import dev.canyon.probe.Outcome;
import dev.canyon.probe.spec.RunResult;
import dev.canyon.probe.spec.Verdict;
import java.io.DataInputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Misbehaviour of peers on TCP. The server accepts one client at a time. */
@Execution(ExecutionMode.CONCURRENT)
@Timeout(60)
class TcpRunTest {

    private static final Duration SHORT = Duration.ofMillis(1_500);

    private final TestRuns runs = new TestRuns();

    @AfterEach
    void end() {
        runs.close();
    }

    private static void echo(Socket client) throws Exception {
        client.getInputStream().transferTo(client.getOutputStream());
    }

    @Test
    void aGoodEchoPasses() throws Exception {
        try (OddServer server = new OddServer(TcpRunTest::echo)) {
            RunRecord end = runs.finish(
                    Protocol.TCP, server.address(), Specs.messages(3_000).inFlight(16));
            assertThat(end.verdict()).isEqualTo(Verdict.PASS);
            assertThat(end.progress()).isEqualTo(1);
            RunResult result = TestRuns.result(end);
            assertThat(result.sent()).isEqualTo(3_000);
            assertThat(result.received()).isEqualTo(3_000);
            assertThat(result.errors()).isEmpty();
            assertThat(result.seconds()).isPositive();
            assertThat(result.messagesPerSecond()).isEqualTo(3_000 / result.seconds());
            assertThat(result.bytesPerSecond()).isEqualTo(64 * result.messagesPerSecond());
        }
    }

    @Test
    void messagesLargerThanAnyBufferComeBack() throws Exception {
        try (OddServer server = new OddServer(TcpRunTest::echo)) {
            RunResult result = runs.complete(
                    Protocol.TCP,
                    server.address(),
                    Specs.messages(200).of(65_536).inFlight(20));
            assertThat(result.received()).isEqualTo(200);
            assertThat(result.corrupted()).isZero();
        }
    }

    /** Byte by byte, so that no read returns a whole message. */
    @Test
    void aStreamInSmallSegmentsIsUnchanged() throws Exception {
        try (OddServer server = new OddServer(client -> {
            client.setTcpNoDelay(true);
            for (int read; (read = client.getInputStream().read()) >= 0; ) {
                client.getOutputStream().write(read);
            }
        })) {
            RunResult result = runs.complete(
                    Protocol.TCP, server.address(), Specs.messages(40).of(37).inFlight(3));
            assertThat(result.received()).isEqualTo(40);
            assertThat(result.corrupted()).isZero();
        }
    }

    /** One byte in each of ten messages, including the first and the last byte of a message. */
    @Test
    void aFlippedByteCorruptsOnlyItsMessage() throws Exception {
        try (OddServer server = new OddServer(client -> {
            DataInputStream in = new DataInputStream(client.getInputStream());
            byte[] messages = new byte[100 * 64];
            in.readFully(messages);
            for (int i = 0; i < 10; i++) {
                messages[i * 10 * 64 + i * 7] ^= 1;
            }
            client.getOutputStream().write(messages);
            OddServer.staySilent(client);
        })) {
            RunResult result = runs.complete(
                    Protocol.TCP, server.address(), Specs.messages(100).inFlight(100));
            assertThat(result.received()).isEqualTo(100);
            assertThat(result.corrupted()).isEqualTo(10);
        }
    }

    @Test
    void aMissingByteCorruptsAllFollowingMessagesAndLosesTheLast() throws Exception {
        try (OddServer server = new OddServer(client -> {
            byte[] messages = client.getInputStream().readNBytes(10 * 64);
            client.getOutputStream().write(messages, 0, 5 * 64);
            client.getOutputStream().write(messages, 5 * 64 + 1, 5 * 64 - 1);
            OddServer.staySilent(client);
        })) {
            RunResult result = runs.complete(
                    Protocol.TCP,
                    server.address(),
                    Specs.messages(10).inFlight(10).lostAfter(SHORT));
            assertThat(result.corrupted()).isEqualTo(4);
            assertThat(result.lost()).isEqualTo(1);
        }
    }

    @Test
    void silenceLosesEveryMessageAndIsInconclusive() throws Exception {
        try (OddServer server = new OddServer(OddServer::staySilent)) {
            RunRecord end = runs.finish(
                    Protocol.TCP,
                    server.address(),
                    Specs.messages(4).inFlight(4).lostAfter(SHORT));
            assertThat(end.state()).isEqualTo(RunState.COMPLETED);
            assertThat(end.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
            assertThat(TestRuns.result(end).lost()).isEqualTo(4);
        }
    }

    @Test
    void aResponseAfterTheTimeoutIsLate() throws Exception {
        CountDownLatch muchLater = new CountDownLatch(1);
        try (OddServer server = new OddServer(client -> {
            InputStream in = client.getInputStream();
            OutputStream out = client.getOutputStream();
            byte[] first = in.readNBytes(64);
            // The second one is sent when the first is given up.
            byte[] second = in.readNBytes(64);
            out.write(first);
            out.write(second);
            OddServer.staySilent(client);
            muchLater.countDown();
        })) {
            RunResult result = runs.complete(
                    Protocol.TCP, server.address(), Specs.messages(2).lostAfter(SHORT));
            assertThat(result.late()).isEqualTo(1);
            assertThat(result.lost()).isEqualTo(1);
            assertThat(result.received()).isEqualTo(1);
            assertThat(TestRuns.latency(result).maxMicros()).isLessThan(400_000);
            muchLater.await();
        }
    }

    @Test
    void finIsClosedEarly() throws Exception {
        try (OddServer server = new OddServer(client -> {
            client.getOutputStream().write(client.getInputStream().readNBytes(10 * 64));
            client.shutdownOutput();
            OddServer.staySilent(client);
        })) {
            RunRecord end = runs.finish(
                    Protocol.TCP, server.address(), Specs.messages(100).inFlight(10));
            assertThat(end.verdict()).isEqualTo(Verdict.FAIL);
            RunResult result = TestRuns.result(end);
            assertThat(result.errors()).isEqualTo(Map.of(Outcome.CLOSED_EARLY, 1L));
            assertThat(result.received()).isEqualTo(10);
        }
    }

    @Test
    void rstIsReset() throws Exception {
        try (OddServer server = new OddServer(client -> {
            client.getInputStream().readNBytes(64);
            OddServer.reset(client);
        })) {
            RunResult result = runs.complete(
                    Protocol.TCP, server.address(), Specs.messages(1).lostAfter(SHORT));
            assertThat(result.errors()).isEqualTo(Map.of(Outcome.RESET, 1L));
            assertThat(result.lost()).isEqualTo(1);
        }
    }

    @Test
    void moreBytesThanSentAreAMismatch() throws Exception {
        try (OddServer server = new OddServer(client -> {
            byte[] message = client.getInputStream().readNBytes(64);
            client.getOutputStream().write(new byte[200]);
            client.getOutputStream().write(message);
            OddServer.staySilent(client);
        })) {
            RunResult result = runs.complete(Protocol.TCP, server.address(), Specs.messages(10));
            assertThat(result.errors()).isEqualTo(Map.of(Outcome.MISMATCH, 1L));
        }
    }

    @Test
    void aClosedPortIsRefusedAndTheRunFails() throws Exception {
        InetSocketAddress nobody;
        try (OddServer server = new OddServer(TcpRunTest::echo)) {
            nobody = server.address();
        }
        RunRecord end = runs.finish(Protocol.TCP, nobody, Specs.messages(10).over(3));
        assertThat(end.state()).isEqualTo(RunState.FAILED);
        assertThat(end.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(end.detail()).isEqualTo("no connection was established");
        assertThat(TestRuns.result(end).errors()).isEqualTo(Map.of(Outcome.REFUSED, 3L));
    }
}
