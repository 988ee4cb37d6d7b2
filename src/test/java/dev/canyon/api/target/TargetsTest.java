package dev.canyon.api.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.canyon.listener.Properties;
import dev.canyon.listener.TestListeners;
import dev.canyon.listener.directory.ListenerDirectory;
import dev.canyon.net.Protocol;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TargetsTest {

    private final TestListeners room = new TestListeners();
    private final ListenerDirectory directory = room.directory;

    @AfterEach
    void closeRoom() {
        room.close();
    }

    @Test
    void findsAListenerWithoutReadingTheCountersOfAllOthers() {
        int port = TestListeners.port(room.listeners.create(TestListeners.tcp("a", 0)));
        for (int i = 0; i < 10; i++) {
            room.listeners.create(TestListeners.tcp("other-" + i, 0));
        }
        Targets targets = new Targets(withoutScans(directory), Properties.bind("canyon.default-host=127.0.0.1"));
        Destination found = targets.find(Protocol.TCP, "localhost", port);
        assertThat(found.address().getPort()).isEqualTo(port);
        assertThat(found.expectedPeers()).isNotNull();
    }

    @Test
    void onlyEnabledListenersAreFoundByTheirPort() {
        int port = TestListeners.port(room.listeners.create(TestListeners.tcp("a", 0)));
        assertThat(directory.at(Protocol.TCP, port)).hasSize(1);
        assertThat(directory.at(Protocol.UDP, port)).isEmpty();
        room.listeners.stop("a");
        assertThat(directory.at(Protocol.TCP, port)).isEmpty();
    }

    @Test
    void aLinkLocalAddressWithoutItsInterfaceIsNotDialled() {
        Targets targets = new Targets(directory, Properties.bind("canyon.targets.allowed=fe80::/10"));
        assertThatThrownBy(() -> targets.find(Protocol.UDP, "fe80::1", 7))
                .isInstanceOf(UnknownHostNameException.class)
                .hasMessageStartingWith("fe80::1 is a link-local address: name its interface, fe80::1%");
        assertThatThrownBy(() -> targets.find(Protocol.UDP, "fe80::1%nope", 7))
                .isInstanceOf(UnknownHostNameException.class)
                .hasMessageStartingWith("no interface of this host is named 'nope'");
    }

    /** A directory that refuses to list all listeners. */
    private static ListenerDirectory withoutScans(ListenerDirectory directory) {
        return (ListenerDirectory) Proxy.newProxyInstance(
                TargetsTest.class.getClassLoader(), new Class<?>[] {ListenerDirectory.class}, (proxy, method, args) -> {
                    if (List.of("all", "after", "totals").contains(method.getName())) {
                        throw new AssertionError(method.getName() + " reads every listener");
                    }
                    try {
                        return method.invoke(directory, args);
                    } catch (InvocationTargetException ex) {
                        throw ex.getCause();
                    }
                });
    }
}
