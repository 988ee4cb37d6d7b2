package dev.canyon.api.run;

import dev.canyon.engine.EchoTransport;
import dev.canyon.probe.run.RunLimits;
import dev.canyon.probe.run.RunStore;
import dev.canyon.probe.run.Runs;
import dev.canyon.settings.CanyonProperties;
import dev.canyon.settings.LimitSettings;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Beans of measured runs. */
@Configuration(proxyBeanMethods = false)
class RunConfiguration {

    /** Closed by {@link RunsLifecycle}, before the listeners. */
    @Bean(destroyMethod = "")
    Runs runs(EchoTransport transport, RunStore store, CanyonProperties properties) {
        LimitSettings limits = properties.limits();
        return new Runs(
                transport.kind(),
                new RunLimits(
                        limits.runs(),
                        limits.runDuration(),
                        limits.runRate(),
                        limits.runConnections(),
                        limits.messageBytes(),
                        limits.runHistory()),
                store);
    }

    @Bean
    RunsLifecycle runsLifecycle(Runs runs) {
        return new RunsLifecycle(runs);
    }
}
