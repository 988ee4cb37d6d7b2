package dev.canyon.listener.management;

import static dev.canyon.listener.TestListeners.port;
import static dev.canyon.listener.TestListeners.tcp;
import static dev.canyon.listener.TestListeners.udp;
import static org.assertj.core.api.Assertions.assertThat;

import dev.canyon.listener.TestListeners;
import java.io.IOException;
import java.io.Serializable;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.rmi.server.RMIServerSocketFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.remote.JMXConnectorServer;
import javax.management.remote.JMXConnectorServerFactory;
import javax.management.remote.JMXServiceURL;
import javax.management.remote.rmi.RMIConnectorServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Over a real JMX connection, from a process that has none of Canyon's classes. */
class RemoteManagementTest {

    static {
        // Else clients are sent to the address of the host's name.
        System.setProperty("java.rmi.server.hostname", "127.0.0.1");
    }

    private final TestListeners room = new TestListeners();
    private JMXConnectorServer connector;

    @BeforeEach
    void serve() throws Exception {
        RMIServerSocketFactory loopback = new LoopbackSockets();
        connector = JMXConnectorServerFactory.newJMXConnectorServer(
                new JMXServiceURL("rmi", "127.0.0.1", 0),
                Map.of(RMIConnectorServer.RMI_SERVER_SOCKET_FACTORY_ATTRIBUTE, loopback),
                ManagementFactory.getPlatformMBeanServer());
        connector.start();
    }

    @AfterEach
    void close() throws Exception {
        connector.stop();
        room.close();
    }

    @Test
    void listenersAreListedReadStoppedStartedAndRestarted() throws Exception {
        int port = port(room.listeners.create(tcp("remote-a", 0)));
        room.listeners.create(udp("remote-b", 0));
        List<String> said =
                client("list", "read:remote-a", "read:remote-b", "stop:remote-a", "start:remote-a", "restart:remote-a");
        assertThat(said)
                .contains(
                        "found remote-a",
                        "found remote-b",
                        "read Name = remote-a",
                        "read BoundPort = " + port,
                        "read Protocol = udp",
                        "done stop, now stopped",
                        "done start, now running",
                        "done restart, now running")
                .noneMatch(line -> line.startsWith("error"));
        int attributes = ManagementFactory.getPlatformMBeanServer()
                .getMBeanInfo(new ObjectName("dev.canyon:type=Listener,name=remote-a"))
                .getAttributes()
                .length;
        assertThat(said.stream().filter(line -> line.startsWith("read "))).hasSize(2 * attributes);
    }

    @Test
    void whatGoesWrongIsToldInWordsOfTheJdk() throws Exception {
        int port = port(room.listeners.create(tcp("remote-c", 0)));
        room.listeners.stop("remote-c");
        room.listeners.create(tcp("remote-d", port));
        room.listeners.change(tcp("remote-c", port).enabled(false), OptionalLong.empty());
        ObjectName leaving = new ObjectName("dev.canyon:type=Listener,name=remote-leaving");
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        // As a client sees a listener between its deletion and the retirement of its managed bean.
        server.registerMBean(
                new ManagedListener("remote-leaving", room.listeners.async(), room.directory, ManagementObserver.NONE),
                leaving);
        try {
            assertThat(client("start:remote-c", "read:remote-leaving", "stop:remote-leaving", "stop:remote-nobody"))
                    .satisfiesExactly(
                            taken -> assertThat(taken)
                                    .startsWith("error start:remote-c = javax.management.RuntimeMBeanException:"
                                            + " java.lang.IllegalStateException:")
                                    .contains("overlaps the endpoint of listener 'remote-d'"),
                            gone -> assertThat(gone).contains("IllegalStateException", "'remote-leaving'"),
                            gone -> assertThat(gone).contains("IllegalStateException", "'remote-leaving'"),
                            unknown -> assertThat(unknown).contains("InstanceNotFoundException", "remote-nobody"));
        } finally {
            server.unregisterMBean(leaving);
        }
    }

    private List<String> client(String... commands) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "src/test/resources/jmx/Manage.java",
                connector.getAddress().toString()));
        command.addAll(List.of(commands));
        Process client = new ProcessBuilder(command).redirectErrorStream(true).start();
        try {
            List<String> lines = client.inputReader().lines().toList();
            assertThat(client.waitFor(60, TimeUnit.SECONDS)).isTrue();
            return lines;
        } finally {
            client.destroyForcibly();
        }
    }

    /** Nobody else on the network shall reach the test. */
    private static final class LoopbackSockets implements RMIServerSocketFactory, Serializable {

        @Override
        public ServerSocket createServerSocket(int port) throws IOException {
            return new ServerSocket(port, 10, InetAddress.getByName("127.0.0.1"));
        }
    }
}
