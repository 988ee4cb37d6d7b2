package dev.canyon.listener;

import java.lang.management.ManagementFactory;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.support.GenericApplicationContext;

/**
 * Shows each listener as a bean {@code listener:<name>} of the Spring context and as a managed bean
 * {@code dev.canyon:type=Listener,name=<name>} of the JDK's platform server. The registry stays the truth.
 */
final class ListenerFaces {

    private static final Logger log = LoggerFactory.getLogger(ListenerFaces.class);

    private final GenericApplicationContext context;
    private final ListenerDirectory directory;
    private final ManagementObserver observer;
    private final MBeanServer server = ManagementFactory.getPlatformMBeanServer();

    ListenerFaces(GenericApplicationContext context, ListenerDirectory directory, ManagementObserver observer) {
        this.context = context;
        this.directory = directory;
        this.observer = observer;
    }

    /** One at a time: Spring promises nothing for beans that are registered, or removed, at once. */
    synchronized void publish(String name, Listeners listeners) {
        ManagedListener face = new ManagedListener(name, listeners, directory, observer);
        try {
            server.registerMBean(face, objectName(name));
        } catch (JMException ex) {
            throw new IllegalStateException("listener '" + name + "' could not be registered with JMX", ex);
        }
        context.registerBean(beanName(name), ManagedListener.class, () -> face);
    }

    /** Does nothing for a face that is not there. */
    synchronized void retire(String name) {
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

    /** At the end of the context, which forgets its beans by itself. */
    void unregisterAll() {
        directory.all().map(ListenerSnapshot::name).forEach(this::unregister);
    }

    private static String beanName(String name) {
        return "listener:" + name;
    }

    private static ObjectName objectName(String name) throws MalformedObjectNameException {
        return new ObjectName("dev.canyon:type=Listener,name=" + name);
    }
}
