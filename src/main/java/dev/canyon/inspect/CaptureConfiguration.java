package dev.canyon.inspect;

import dev.canyon.listener.ListenerDirectory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Puts the captures together. */
@Configuration(proxyBeanMethods = false)
class CaptureConfiguration {

    @Bean(destroyMethod = "close")
    Captures captures(ListenerDirectory directory) {
        return new Captures(directory, new EpochNanos(), new CaptureMemory(CaptureMemory.DEFAULT_LIMIT));
    }
}
