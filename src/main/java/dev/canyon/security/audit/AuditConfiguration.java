package dev.canyon.security.audit;

import dev.canyon.settings.AuditSettings;
import dev.canyon.settings.CanyonProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Creates the audit trail in the data directory. */
@Configuration(proxyBeanMethods = false)
class AuditConfiguration {

    @Bean(destroyMethod = "close")
    AuditTrail auditTrail(CanyonProperties properties) {
        AuditSettings audit = properties.audit();
        return new AuditTrail(
                new AuditFile(properties.dataDir(), audit.maxFileSize().toBytes(), audit.files()));
    }
}
