package dev.canyon.listener.management;

import static dev.canyon.listener.TestListeners.tcp;
import static dev.canyon.listener.TestListeners.udp;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import dev.canyon.definition.ListenerDefinition;
import dev.canyon.engine.Faults;
import dev.canyon.listener.TestListeners;
import dev.canyon.listener.directory.ListenerDirectory;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import javax.management.JMX;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ManagedListenerTest {

    private final TestListeners room = new TestListeners();
    private final MBeanServer server = ManagementFactory.getPlatformMBeanServer();

    @AfterEach
    void closeRoom() {
        room.close();
    }

    @Test
    void eachListenerIsABeanOfTheContextAndOfJmxUntilItIsDeleted() throws Exception {
        room.listeners.create(tcp("managed-a", 0));
        assertThat(room.context.getBean("listener:managed-a")).isInstanceOf(ManagedListener.class);
        assertThat(server.isRegistered(name("managed-a"))).isTrue();
        room.listeners.delete("managed-a", OptionalLong.empty());
        assertThat(room.context.containsBean("listener:managed-a")).isFalse();
        assertThat(server.isRegistered(name("managed-a"))).isFalse();
    }

    @Test
    void jmxShowsDefinitionAndStatusAndStartsAndStops() throws Exception {
        room.listeners.create(tcp("managed-b", 0));
        ListenerMXBean face = JMX.newMXBeanProxy(server, name("managed-b"), ListenerMXBean.class);
        assertThat(face.getState()).isEqualTo("running");
        assertThat(face.getProtocol()).isEqualTo("tcp");
        assertThat(face.getPort()).isZero();
        assertThat(face.getBoundPort()).isPositive();
        assertThat(face.getSettings()).containsEntry("backlog", "1024");
        assertThat(face.getFamily()).isEqualTo("inet");
        assertThat(face.getEffectiveBacklog()).isEqualTo(1024);
        assertThat(face.getTransport()).isNotEmpty();
        face.stop();
        assertThat(face.getState()).isEqualTo("stopped");
        assertThat(face.isEnabled()).isFalse();
        assertThat(face.getBoundPort()).isEqualTo(-1);
        face.start();
        face.restart();
        assertThat(face.getState()).isEqualTo("running");
        assertThat(face.getClosed()).containsEntry("client", 0L);
    }

    @Test
    void jmxShowsTheFaultsOfTheDefinitionAndTemporaryOnes() throws Exception {
        ListenerDefinition plain = tcp("managed-f", 0);
        room.listeners.create(new ListenerDefinition(
                plain.name(),
                plain.endpoint(),
                true,
                "",
                Map.of(),
                plain.drainTimeout(),
                List.of(Faults.fault("latency", "id", "slow", "delayMs", 5))));
        ListenerDirectory directory = room.directory;
        Faults.add(directory.faults("managed-f"), "silence", "id", "quiet");
        ListenerMXBean face = JMX.newMXBeanProxy(server, name("managed-f"), ListenerMXBean.class);
        assertThat(face.getFaults()).containsExactly(entry("slow", "latency"), entry("quiet", "silence"));
        directory.faults("managed-f").removeTemporary();
        assertThat(face.getFaults()).containsExactly(entry("slow", "latency"));
    }

    @Test
    void everyAttributeCanBeReadInEveryState() throws Exception {
        room.listeners.create(udp("managed-c", 0));
        for (int round = 0; round < 2; round++) {
            for (var attribute : server.getMBeanInfo(name("managed-c")).getAttributes()) {
                server.getAttribute(name("managed-c"), attribute.getName());
            }
            room.listeners.stop("managed-c");
        }
    }

    @Test
    void aFailureReachesAJmxClientInWordsItKnows() throws Exception {
        int port = TestListeners.port(room.listeners.create(tcp("managed-d", 0)));
        room.listeners.stop("managed-d");
        room.listeners.create(tcp("managed-e", port));
        room.listeners.change(tcp("managed-d", port).enabled(false), OptionalLong.empty());
        ListenerMXBean face = JMX.newMXBeanProxy(server, name("managed-d"), ListenerMXBean.class);
        assertThatThrownBy(face::start)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("overlaps the endpoint of listener 'managed-e'");
    }

    private static ObjectName name(String listener) throws Exception {
        return new ObjectName("dev.canyon:type=Listener,name=" + listener);
    }
}
