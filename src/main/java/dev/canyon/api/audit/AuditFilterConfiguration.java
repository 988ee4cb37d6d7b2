package dev.canyon.api.audit;

import dev.canyon.security.AuditTrail;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Puts the filter in its place. */
@Configuration(proxyBeanMethods = false)
class AuditFilterConfiguration {

    /** After the filters of Spring Security, which come at -100: only then it is known who calls. */
    private static final int ONCE_THE_CALLER_IS_KNOWN = 0;

    @Bean
    FilterRegistrationBean<AuditFilter> auditFilter(AuditTrail trail) {
        FilterRegistrationBean<AuditFilter> filter = new FilterRegistrationBean<>(new AuditFilter(trail));
        filter.addUrlPatterns("/api/*");
        filter.setOrder(ONCE_THE_CALLER_IS_KNOWN);
        return filter;
    }
}
