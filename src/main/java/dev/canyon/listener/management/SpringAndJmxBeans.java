package dev.canyon.listener.management;

import dev.canyon.listener.ListenerBeans;
import dev.canyon.listener.Listeners;
import dev.canyon.listener.directory.ListenerDirectory;
import dev.canyon.listener.directory.ListenerSnapshot;
import java.lang.management.ManagementFactory;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.jmx.export.MBeanExporter;

/**
 * Registers each listener as a bean {@code listener:<name>} of the Spring context and as a managed bean
 * {@code dev.canyon:type=Listener,name=<name>} of the JDK's platform server. The registry remains authoritative.
 */
public final class SpringAndJmxBeans implements ListenerBeans {

    private static final Logger log = LoggerFactory.getLogger(SpringAndJmxBeans.class);

    private final GenericApplicationContext context;
    private final ListenerDirectory directory;
    private final ManagementObserver observer;
    private final MBeanServer server = ManagementFactory.getPlatformMBeanServer();

    public SpringAndJmxBeans(
            GenericApplicationContext context, ListenerDirectory directory, ManagementObserver observer) {
        this.context = context;
        this.directory = directory;
        this.observer = observer;
    }

    /** Synchronized: Spring does not support concurrent registration and removal of beans. */
    @Override
    public synchronized void publish(String name, Listeners listeners) {
        ManagedListener bean = new ManagedListener(name, listeners, directory, observer);
        excludeFromExport(beanName(name));
        try {
            server.registerMBean(new ListenerMBean(bean), objectName(name));
        } catch (JMException ex) {
            throw new IllegalStateException("listener '" + name + "' could not be registered with JMX", ex);
        }
        context.registerBean(beanName(name), ManagedListener.class, () -> bean);
    }

    /**
     * With {@code spring.jmx.enabled}, Spring registers the managed beans that it finds when all beans have been created, and fails
     * if one is already registered. Later ones it does not look for.
     */
    private void excludeFromExport(String beanName) {
        if (!directory.isComplete()) {
            context.getBeanProvider(MBeanExporter.class).forEach(exporter -> exporter.addExcludedBean(beanName));
        }
    }

    /** No effect if the listener is not published. */
    @Override
    public synchronized void retire(String name) {
        if (context.containsBeanDefinition(beanName(name))) {
            context.removeBeanDefinition(beanName(name));
        }
        unregister(name);
    }

    private void unregister(String name) {
        try {
            server.unregisterMBean(objectName(name));
        } catch (InstanceNotFoundException ex) {
            // Gone already, which is what is wanted.
        } catch (JMException ex) {
            log.warn("Listener '{}' could not be unregistered from JMX", name, ex);
        }
    }

    /** When the context closes, which removes its beans itself. */
    @Override
    public void unregisterAll() {
        directory.all().map(ListenerSnapshot::name).forEach(this::unregister);
    }

    private static String beanName(String name) {
        return "listener:" + name;
    }

    private static ObjectName objectName(String name) throws MalformedObjectNameException {
        return new ObjectName("dev.canyon:type=Listener,name=" + name);
    }
}
