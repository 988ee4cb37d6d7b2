package dev.canyon.api;

import dev.canyon.api.configuration.ConfigurationController;
import dev.canyon.api.http.ActuatorNotFoundFilter;
import dev.canyon.api.http.BodyLimitFilter;
import dev.canyon.api.http.CacheControlFilter;
import dev.canyon.api.http.ConnectionAbort;
import dev.canyon.api.http.ForwardedPrefixFilter;
import dev.canyon.api.http.UnexpectedInputInterceptor;
import dev.canyon.api.json.BodyConverter;
import dev.canyon.api.problem.ProblemErrorValve;
import dev.canyon.api.stream.StreamSettings;
import java.time.Duration;
import java.util.Map;
import org.apache.catalina.core.StandardHost;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.Ordered;
import org.springframework.http.MediaType;
import org.springframework.http.converter.HttpMessageConverters;
import org.springframework.validation.Validator;
import org.springframework.validation.beanvalidation.LocalValidatorFactoryBean;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Filters, interceptors and web server settings of the API. */
@Configuration(proxyBeanMethods = false)
class ApiConfiguration implements WebMvcConfigurer {

    private static final String API = "/api/*";
    private static final int MEBIBYTE = 1024 * 1024;
    private static final int SEND_BUFFER_BYTES = 128 * 1024;

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(new UnexpectedInputInterceptor()).addPathPatterns("/api/**");
    }

    /** The body reader validates; without this, Spring MVC would create a validator at startup. */
    @Override
    public Validator getValidator() {
        return Validator.forInstanceOf(Void.class, (nothing, errors) -> {});
    }

    /** YAML is written for the configuration document only, by its controller. */
    @Override
    public void configureMessageConverters(HttpMessageConverters.ServerBuilder builder) {
        builder.configureMessageConvertersList(converters -> converters.removeIf(converter ->
                converter.getSupportedMediaTypes().stream().anyMatch(MediaType.APPLICATION_YAML::includes)));
        builder.addCustomConverter(new BodyConverter());
    }

    @Bean
    @Lazy
    static LocalValidatorFactoryBean bodyValidator() {
        return new LocalValidatorFactoryBean();
    }

    /** With the strategy framework, Spring evaluates all forwarding headers, this one included. */
    @Bean
    @ConditionalOnProperty(name = "server.forward-headers-strategy", havingValue = "native")
    FilterRegistrationBean<ForwardedPrefixFilter> forwardedPrefixFilter() {
        FilterRegistrationBean<ForwardedPrefixFilter> filter =
                new FilterRegistrationBean<>(new ForwardedPrefixFilter());
        filter.setOrder(Ordered.HIGHEST_PRECEDENCE);
        return filter;
    }

    @Bean
    FilterRegistrationBean<CacheControlFilter> cacheControlFilter() {
        FilterRegistrationBean<CacheControlFilter> filter = new FilterRegistrationBean<>(new CacheControlFilter());
        filter.addUrlPatterns(API);
        filter.setOrder(Ordered.HIGHEST_PRECEDENCE + 10);
        return filter;
    }

    @Bean
    FilterRegistrationBean<BodyLimitFilter> bodyLimitFilter() {
        FilterRegistrationBean<BodyLimitFilter> filter = new FilterRegistrationBean<>(
                new BodyLimitFilter(MEBIBYTE, Map.of(ConfigurationController.APPLY_PATH, 16 * MEBIBYTE)));
        filter.addUrlPatterns(API);
        filter.setOrder(Ordered.HIGHEST_PRECEDENCE + 20);
        return filter;
    }

    @Bean
    FilterRegistrationBean<ActuatorNotFoundFilter> actuatorNotFoundFilter() {
        FilterRegistrationBean<ActuatorNotFoundFilter> filter =
                new FilterRegistrationBean<>(new ActuatorNotFoundFilter());
        filter.addUrlPatterns("/actuator/*");
        return filter;
    }

    @Bean
    StreamSettings streamSettings() {
        return new StreamSettings(500, Duration.ofSeconds(15), Duration.ofMinutes(5));
    }

    /** Bounds the kernel memory of a client that does not read; by default the send buffer grows up to 4 MiB. */
    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> socketCustomizer() {
        return factory -> {
            factory.addContextValves(new ConnectionAbort());
            factory.addConnectorCustomizers(
                    connector -> connector.setProperty("socket.txBufSize", String.valueOf(SEND_BUFFER_BYTES)));
        };
    }

    /** Requests that Tomcat rejects itself get the same error responses as all others. */
    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> errorReportCustomizer() {
        return factory -> factory.addContextCustomizers(context -> {
            if (context.getParent() instanceof StandardHost host) {
                host.setErrorReportValveClass(ProblemErrorValve.class.getName());
            }
        });
    }
}
