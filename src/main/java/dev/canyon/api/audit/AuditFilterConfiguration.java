package dev.canyon.api.audit;

import dev.canyon.security.audit.AuditTrail;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Registers the audit filter. */
@Configuration(proxyBeanMethods = false)
class AuditFilterConfiguration {

    /** After Spring Security (-100), which authenticates the caller. */
    private static final int ORDER = 0;

    @Bean
    FilterRegistrationBean<AuditFilter> auditFilter(AuditTrail trail) {
        FilterRegistrationBean<AuditFilter> filter = new FilterRegistrationBean<>(new AuditFilter(trail));
        filter.addUrlPatterns("/api/*");
        filter.setOrder(ORDER);
        return filter;
    }
}
