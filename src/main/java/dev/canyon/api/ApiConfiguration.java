package dev.canyon.api;

import dev.canyon.api.problem.ProblemErrorValve;
import java.time.Duration;
import java.util.Map;
import org.apache.catalina.core.StandardHost;
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

/** Puts the room together. */
@Configuration(proxyBeanMethods = false)
class ApiConfiguration implements WebMvcConfigurer {

    private static final String EVERY_CALL = "/api/*";
    private static final int MEBIBYTE = 1024 * 1024;
    private static final int SEND_BUFFER_BYTES = 128 * 1024;

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(new NothingIgnored()).addPathPatterns("/api/**");
    }

    /** The body reader validates; Spring MVC would make a validator of its own at each start. */
    @Override
    public Validator getValidator() {
        return Validator.forInstanceOf(Void.class, (nothing, errors) -> {});
    }

    /** YAML is for the configuration document, which sees to it itself; its library being there is no wish for more. */
    @Override
    public void configureMessageConverters(HttpMessageConverters.ServerBuilder builder) {
        builder.configureMessageConvertersList(converters -> converters.removeIf(converter ->
                converter.getSupportedMediaTypes().stream().anyMatch(MediaType.APPLICATION_YAML::includes)));
    }

    @Bean
    @Lazy
    static LocalValidatorFactoryBean bodyValidator() {
        return new LocalValidatorFactoryBean();
    }

    @Bean
    FilterRegistrationBean<FreshAnswers> freshAnswers() {
        FilterRegistrationBean<FreshAnswers> filter = new FilterRegistrationBean<>(new FreshAnswers());
        filter.addUrlPatterns(EVERY_CALL);
        filter.setOrder(Ordered.HIGHEST_PRECEDENCE + 10);
        return filter;
    }

    @Bean
    FilterRegistrationBean<BodyLimit> bodyLimit() {
        FilterRegistrationBean<BodyLimit> filter = new FilterRegistrationBean<>(
                new BodyLimit(MEBIBYTE, Map.of(ConfigurationController.APPLY_PATH, 16 * MEBIBYTE)));
        filter.addUrlPatterns(EVERY_CALL);
        filter.setOrder(Ordered.HIGHEST_PRECEDENCE + 20);
        return filter;
    }

    @Bean
    FilterRegistrationBean<ActuatorRefusals> actuatorRefusals() {
        FilterRegistrationBean<ActuatorRefusals> filter = new FilterRegistrationBean<>(new ActuatorRefusals());
        filter.addUrlPatterns("/actuator/*");
        return filter;
    }

    @Bean
    StreamSettings streamSettings() {
        return new StreamSettings(500, Duration.ofSeconds(15), Duration.ofMinutes(5));
    }

    /** A reader that does not read costs so much of the kernel's memory, instead of the 4 MiB that it would go up to. */
    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> readersThatDoNotRead() {
        return factory -> {
            factory.addContextValves(new HangUp());
            factory.addConnectorCustomizers(
                    connector -> connector.setProperty("socket.txBufSize", String.valueOf(SEND_BUFFER_BYTES)));
        };
    }

    /** What Tomcat refuses by itself looks like our other refusals. */
    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> problemsFromTomcat() {
        return factory -> factory.addContextCustomizers(context -> {
            if (context.getParent() instanceof StandardHost host) {
                host.setErrorReportValveClass(ProblemErrorValve.class.getName());
            }
        });
    }
}
