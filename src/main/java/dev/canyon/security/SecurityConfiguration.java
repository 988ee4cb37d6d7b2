package dev.canyon.security;

import dev.canyon.security.access.AccessRefusals;
import dev.canyon.security.access.AccessRules;
import dev.canyon.security.access.RefusalWriter;
import dev.canyon.security.key.AccessKeys;
import dev.canyon.security.key.KeyAuthentication;
import dev.canyon.security.key.KeyFailureLimit;
import dev.canyon.security.key.KeyFile;
import dev.canyon.security.request.Exposure;
import dev.canyon.security.request.RequestFilters;
import dev.canyon.security.request.StrictRequestFirewall;
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

/** Beans of the security package. The filters are in {@link FilterChains}. */
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
                properties.security(), () -> file.readOrCreate(key -> StartupAccessLog.printNewKey(key, file.path())));
    }

    @Bean
    AuthenticationManager keyAuthentication(AccessKeys keys, AuthenticationEventPublisher events) {
        ProviderManager manager =
                new ProviderManager(new KeyAuthentication(keys, new KeyFailureLimit(System::nanoTime)));
        manager.setAuthenticationEventPublisher(events);
        return manager;
    }

    @Bean
    StrictRequestFirewall firewall(RefusalWriter refusals) {
        return new StrictRequestFirewall(refusals);
    }

    /** Otherwise each filter is measured on each request, which adds some fifty metrics. */
    @Bean
    SecurityObservationSettings noObservations() {
        return SecurityObservationSettings.noObservations();
    }

    @Bean
    AccessRefusals accessRefusals(RefusalWriter refusals) {
        return new AccessRefusals(refusals);
    }

    @Bean
    RequestFilters everyRequest(
            Exposure exposure,
            CanyonProperties properties,
            RefusalWriter refusals,
            WebEndpointProperties actuator,
            AccessRefusals accessRefusals) {
        return new RequestFilters(
                exposure, properties, refusals, new AccessRules(actuator.getBasePath()), accessRefusals);
    }

    @Bean
    ApplicationRunner securityNotes(Exposure exposure, CanyonProperties properties) {
        SecuritySettings settings = properties.security();
        return arguments -> StartupAccessLog.warn(exposure, settings);
    }
}
