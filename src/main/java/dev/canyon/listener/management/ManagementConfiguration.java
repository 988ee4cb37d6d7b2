package dev.canyon.listener.management;

import dev.canyon.listener.ListenerBeans;
import dev.canyon.listener.directory.ListenerDirectory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.support.GenericApplicationContext;

/** Publishes listeners as beans. */
@Configuration(proxyBeanMethods = false)
class ManagementConfiguration {

    @Bean
    ListenerBeans listenerBeans(
            GenericApplicationContext context,
            ListenerDirectory directory,
            ObjectProvider<ManagementObserver> observer) {
        return new SpringAndJmxBeans(context, directory, observer.getIfAvailable(() -> ManagementObserver.NONE));
    }
}
