package dev.canyon.security;

import dev.canyon.settings.CanyonProperties;
import dev.canyon.settings.SecuritySettings;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.actuate.autoconfigure.endpoint.web.WebEndpointProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.security.authentication.AuthenticationEventPublisher;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.ProviderManager;
import org.springframework.security.config.observation.SecurityObservationSettings;

/** Puts the room together; the way of a request is in {@link FilterChains}. */
@Configuration(proxyBeanMethods = false)
class SecurityConfiguration {

    @Bean
    Exposure exposure(CanyonProperties properties, Environment environment) {
        return Exposure.of(properties.security().mode(), environment);
    }

    @Bean
    AccessKeys accessKeys(Exposure exposure, CanyonProperties properties) {
        if (exposure.open()) {
            return AccessKeys.none();
        }
        KeyFile file = new KeyFile(properties.dataDir());
        return AccessKeys.of(
                properties.security(), () -> file.readOrMake(key -> StartNotes.showOnce(key, file.path())));
    }

    @Bean
    AuthenticationManager keyAuthentication(AccessKeys keys, AuthenticationEventPublisher events) {
        ProviderManager manager = new ProviderManager(new KeyAuthentication(keys, new WrongKeys(System::nanoTime)));
        manager.setAuthenticationEventPublisher(events);
        return manager;
    }

    @Bean
    EagerFirewall firewall(Refusals refusals) {
        return new EagerFirewall(refusals);
    }

    /** Else each filter would be measured at each request, and fifty metrics would tell of it. */
    @Bean
    SecurityObservationSettings noObservations() {
        return SecurityObservationSettings.noObservations();
    }

    @Bean
    AccessRefusals accessRefusals(Refusals refusals) {
        return new AccessRefusals(refusals);
    }

    @Bean
    EveryRequest everyRequest(
            Exposure exposure,
            CanyonProperties properties,
            Refusals refusals,
            WebEndpointProperties actuator,
            AccessRefusals accessRefusals) {
        return new EveryRequest(
                exposure, properties, refusals, new AccessRules(actuator.getBasePath()), accessRefusals);
    }

    @Bean
    ApplicationRunner securityNotes(Exposure exposure, CanyonProperties properties) {
        SecuritySettings settings = properties.security();
        return arguments -> StartNotes.warn(exposure, settings);
    }
}
