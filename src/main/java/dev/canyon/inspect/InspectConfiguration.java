package dev.canyon.inspect;

import dev.canyon.engine.EchoTransport;
import dev.canyon.inspect.capture.CaptureMemory;
import dev.canyon.inspect.capture.Captures;
import dev.canyon.inspect.capture.EpochNanos;
import dev.canyon.inspect.event.EventLog;
import dev.canyon.inspect.event.EventTimer;
import dev.canyon.listener.directory.ListenerDirectory;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Beans of the event log and the captures. */
@Configuration(proxyBeanMethods = false)
class InspectConfiguration {

    @Bean
    EventTimer eventTimer() {
        return new EventTimer();
    }

    @Bean
    EventLog eventLog(EventTimer timer) {
        return new EventLog(Clock.systemUTC(), timer);
    }

    @Bean
    Captures captures(ListenerDirectory directory, EventLog eventLog, EchoTransport transport) {
        return new Captures(directory, eventLog, new EpochNanos(), new CaptureMemory(transport.waiting()));
    }
}
