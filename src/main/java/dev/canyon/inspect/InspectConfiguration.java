package dev.canyon.inspect;

import dev.canyon.listener.ListenerDirectory;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Puts the room together. */
@Configuration(proxyBeanMethods = false)
class InspectConfiguration {

    @Bean
    EventTimer eventTimer() {
        return new EventTimer();
    }

    @Bean
    Journal journal(EventTimer timer) {
        return new Journal(Clock.systemUTC(), timer);
    }

    @Bean
    Captures captures(ListenerDirectory directory, Journal journal) {
        return new Captures(directory, journal, new EpochNanos(), new CaptureMemory(CaptureMemory.DEFAULT_LIMIT));
    }
}
