package dev.canyon.listener.management;

import java.util.concurrent.atomic.AtomicReference;
import javax.management.MBeanInfo;
import javax.management.StandardMBean;
import org.jspecify.annotations.Nullable;

/**
 * A listener as JMX sees it. Names the interface, which JMX would otherwise find by two exceptions for each listener, and
 * describes it once for all listeners.
 */
final class ListenerMBean extends StandardMBean {

    private static final AtomicReference<@Nullable MBeanInfo> DESCRIPTION = new AtomicReference<>();

    ListenerMBean(ManagedListener listener) {
        super(listener, ListenerMXBean.class, true);
    }

    @Override
    protected @Nullable MBeanInfo getCachedMBeanInfo() {
        return DESCRIPTION.get();
    }

    @Override
    protected void cacheMBeanInfo(MBeanInfo info) {
        DESCRIPTION.set(info);
    }
}
