package dev.canyon.listener.management;

import static org.assertj.core.api.Assertions.assertThat;

import dev.canyon.api.ApiTest;
import java.lang.management.ManagementFactory;
import javax.management.JMX;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.TestPropertySource;

/** With Spring's own export of managed beans. The declared listener exists before it begins. */
@TestPropertySource(
        properties = {
            "spring.jmx.enabled=true",
            "canyon.listeners[0].name=spring-jmx-declared",
            "canyon.listeners[0].protocol=tcp",
            "canyon.listeners[0].port=0",
        })
class SpringJmxTest extends ApiTest {

    private final MBeanServer server = ManagementFactory.getPlatformMBeanServer();

    @Test
    void eachListenerIsRegisteredOnce() throws Exception {
        create("{\"name\":\"spring-jmx-created\",\"protocol\":\"udp\",\"port\":0}");
        for (String name : new String[] {"spring-jmx-declared", "spring-jmx-created"}) {
            ObjectName registered = new ObjectName("dev.canyon:type=Listener,name=" + name);
            assertThat(server.queryNames(new ObjectName("*:*"), null))
                    .filteredOn(each -> each.getCanonicalName().contains(name))
                    .containsExactly(registered);
            assertThat(JMX.newMXBeanProxy(server, registered, ListenerMXBean.class)
                            .getState())
                    .isEqualTo("running");
        }
    }

    @Test
    void theEndpointsOfActuatorAreRegisteredToo() throws Exception {
        assertThat(server.queryNames(new ObjectName("org.springframework.boot:type=Endpoint,*"), null))
                .isNotEmpty();
    }
}
