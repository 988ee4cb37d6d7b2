package dev.canyon.listener;

import static dev.canyon.listener.TestListeners.port;
import static dev.canyon.listener.TestListeners.tcp;
import static dev.canyon.listener.TestListeners.udp;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.canyon.FreePorts;
import dev.canyon.definition.ListenerDefinition;
import dev.canyon.definition.VersionedDefinition;
import dev.canyon.engine.endpoint.TcpSettings;
import dev.canyon.listener.directory.ListenerState;
import dev.canyon.listener.directory.ListenerState.Failed;
import dev.canyon.listener.directory.ListenerState.Running;
import dev.canyon.listener.endpoint.AllowedEndpoints;
import dev.canyon.listener.endpoint.EndpointNotAllowedException;
import dev.canyon.listener.endpoint.FailureReason;
import dev.canyon.net.BindFailedException;
import dev.canyon.net.Protocol;
import dev.canyon.settings.InvalidPropertyException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AllowedEndpointsTest {

    private static final String PORTS = "canyon.limits.ports=";
    private static final String ADDRESSES = "canyon.limits.bind-addresses=";

    @Test
    void everythingIsAllowedIfNothingIsSaid() {
        AllowedEndpoints any = AllowedEndpoints.in(
                Properties.bind("canyon.default-host=127.0.0.1").limits());
        assertThat(any.everyPort()).isTrue();
        for (String host : List.of("127.0.0.1", "0.0.0.0", "::", "fe80::1", "203.0.113.7")) {
            any.require(new InetSocketAddress(host, 1));
            any.require(new InetSocketAddress(host, 65_535));
        }
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            7000-7999 9000 | 6999 | false
            7000-7999 9000 | 7000 | true
            7000-7999 9000 | 7999 | true
            7000-7999 9000 | 8000 | false
            7000-7999 9000 | 9000 | true
            7000-7999 9000 | 0    | true
            """, delimiter = '|')
    void aPortHasToBeInARange(String ports, int port, boolean allowed) {
        expect(limits(PORTS + ports.replace(' ', ',')), "127.0.0.1", port, allowed);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            127.0.0.0/8 fd00::/8 | 127.0.0.1        | true
            127.0.0.0/8 fd00::/8 | ::ffff:127.0.0.1 | true
            127.0.0.0/8 fd00::/8 | fd00::7          | true
            127.0.0.0/8 fd00::/8 | ::1              | false
            127.0.0.0/8 fd00::/8 | 10.0.0.1         | false
            127.0.0.0/8 fd00::/8 | 0.0.0.0          | false
            127.0.0.0/8 fd00::/8 | ::               | false
            0.0.0.0              | 0.0.0.0          | true
            0.0.0.0              | 127.0.0.1        | false
            0.0.0.0/0            | ::               | false
            ::/0                 | ::               | true
            """, delimiter = '|')
    void anAddressHasToBeInARangeAndAWildcardIsOneOfItsOwn(String addresses, String host, boolean allowed) {
        expect(limits(ADDRESSES + addresses.replace(' ', ',')), host, 7007, allowed);
    }

    private static void expect(AllowedEndpoints limits, String host, int port, boolean allowed) {
        InetSocketAddress address = new InetSocketAddress(host, port);
        if (allowed) {
            limits.require(address);
        } else {
            assertThatThrownBy(() -> limits.require(address)).isInstanceOf(EndpointNotAllowedException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "canyon.limits.ports=0-7",
                "canyon.limits.ports=7-",
                "canyon.limits.ports=9-7",
                "canyon.limits.ports=70000",
                "canyon.limits.ports=http",
                "canyon.limits.ports=",
                "canyon.limits.bind-addresses=10.0.0.1/8",
                "canyon.limits.bind-addresses=localhost",
                "canyon.limits.bind-addresses=",
            })
    void aLimitThatCannotBeReadOrAllowsNothingIsNamed(String property) {
        assertThatThrownBy(() -> limits(property))
                .isInstanceOf(InvalidPropertyException.class)
                .hasMessageStartingWith(property.substring(0, property.indexOf('=')) + ": ");
    }

    @Test
    void whatIsNotAllowedIsRefusedAndChangesNothing() {
        try (TestListeners room = TestListeners.within(limits(PORTS + "1024-65535", ADDRESSES + "127.0.0.0/8"))) {
            BlockingListeners listeners = room.listeners;
            assertThatThrownBy(() -> listeners.create(tcp("a", 7)))
                    .isInstanceOf(EndpointNotAllowedException.class)
                    .hasMessage("port 7 is not allowed: canyon.limits.ports is 1024-65535");
            assertThatThrownBy(() -> listeners.create(on("a", "0.0.0.0", 0)))
                    .isInstanceOf(EndpointNotAllowedException.class)
                    .hasMessage("address 0.0.0.0 is not allowed: canyon.limits.bind-addresses is 127.0.0.0/8");
            assertThat(room.directory.all()).isEmpty();

            int port = port(listeners.create(on("b", "localhost", 0)));
            assertThatThrownBy(() -> listeners.change(tcp("b", 7), OptionalLong.empty()))
                    .isInstanceOf(EndpointNotAllowedException.class);
            assertThat(port(room.directory.find("b").orElseThrow())).isEqualTo(port);

            listeners.create(tcp("c", 7).enabled(false));
            assertThatThrownBy(() -> listeners.start("c")).isInstanceOf(EndpointNotAllowedException.class);
            assertThat(room.directory.find("c").orElseThrow().definition().enabled())
                    .isFalse();
        }
    }

    @Test
    void portZeroBecomesAFreePortWithinTheRange() throws IOException {
        int first = FreePorts.next(2);
        int second = first + 1;
        try (ServerSocket held = new ServerSocket(first, 1, InetAddress.getByName("127.0.0.1"))) {
            try (TestListeners room = TestListeners.within(limits(PORTS + first + "," + second))) {
                BlockingListeners listeners = room.listeners;
                assertThat(port(listeners.create(tcp("a", 0)))).isEqualTo(second);
                assertThatThrownBy(() -> listeners.create(tcp("b", 0)))
                        .isInstanceOf(BindFailedException.class)
                        .hasMessage("no port in canyon.limits.ports (" + first + ", " + second
                                + ") could be bound on 127.0.0.1");
                assertThat(port(listeners.create(udp("c", 0)))).isIn(first, second);
                assertThat(port(listeners.restart("a"))).isEqualTo(second);
                listeners.delete("a", OptionalLong.empty());
                assertThat(listeners.apply(List.of(tcp("d", 0)), false).get(0).failure())
                        .isNull();
                assertThat(port(room.directory.find("d").orElseThrow())).isEqualTo(second);
            }
        }
    }

    @Test
    void aRestartThatOpensNoPortLeavesThePreviousOneUnclaimed() throws IOException {
        int only = FreePorts.next();
        try (TestListeners room = TestListeners.within(limits(PORTS + only))) {
            room.listeners.create(tcp("a", 0));
            // Holds the drain, so that another process can take the port meanwhile.
            try (Socket client = new Socket("127.0.0.1", only);
                    ServerSocket other = new ServerSocket()) {
                client.getOutputStream().write(1);
                assertThat(client.getInputStream().read()).isEqualTo(1);
                CompletableFuture<?> restarted = room.listeners.async().restart("a");
                other.bind(new InetSocketAddress("127.0.0.1", only));
                client.close();
                assertThatThrownBy(restarted::join).hasCauseInstanceOf(BindFailedException.class);
                assertThat(room.directory.at(Protocol.TCP, only)).isEmpty();
            }
        }
    }

    @Test
    void aStoredListenerThatTheLimitsForbidNowIsFailedAndTheOthersOpen() {
        try (TestListeners room = TestListeners.within(limits(PORTS + "1024-65535"))) {
            room.store.save(new VersionedDefinition(tcp("bad", 7), 1));
            room.store.save(new VersionedDefinition(tcp("good", 0), 2));
            room.listeners.declare(udp("declared", 9));
            room.listeners.restore();
            room.listeners.openEnabled();
            assertThat(state(room, "good")).isInstanceOf(Running.class);
            for (String name : List.of("bad", "declared")) {
                assertThat(state(room, name)).isInstanceOfSatisfying(Failed.class, failed -> {
                    assertThat(failed.reason()).isEqualTo(FailureReason.PORT_NOT_ALLOWED);
                    assertThat(failed.detail()).contains("canyon.limits.ports is 1024-65535");
                });
            }
        }
    }

    @Test
    void inADocumentItConcernsItsListenerAloneAndThePlanSaysSo() {
        try (TestListeners room = TestListeners.within(limits(ADDRESSES + "127.0.0.1"))) {
            List<ListenerDefinition> wanted = List.of(on("bad", "127.0.0.2", 0), tcp("good", 0));
            List<ApplyResult> planned = room.listeners.plan(wanted, false);
            List<ApplyResult> applied = room.listeners.apply(wanted, false);
            for (List<ApplyResult> result : List.of(planned, applied)) {
                assertThat(result)
                        .extracting(ApplyResult::result)
                        .containsExactly(ApplyResult.Result.FAILED, ApplyResult.Result.CREATED);
                assertThat(result.get(0).failure())
                        .extracting(Failed::reason)
                        .isEqualTo(FailureReason.ADDRESS_NOT_ALLOWED);
            }
            assertThat(state(room, "good")).isInstanceOf(Running.class);
        }
    }

    private static AllowedEndpoints limits(String... properties) {
        return AllowedEndpoints.in(Properties.bind(properties).limits());
    }

    private static ListenerDefinition on(String name, String host, int port) {
        return TestListeners.definition(name, host, port, TcpSettings.defaults());
    }

    private static ListenerState state(TestListeners room, String name) {
        return room.directory.find(name).orElseThrow().state();
    }
}
