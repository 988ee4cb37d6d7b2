package dev.canyon.api.dashboard;

import org.springframework.context.annotation.Configuration;
import org.springframework.http.CacheControl;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistration;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * Lets browsers keep the files of the dashboard and ask each time whether they are still right. So nobody sees the page of an
 * earlier version, and a visit costs no more than a few short answers.
 */
@Configuration(proxyBeanMethods = false)
class DashboardConfiguration implements WebMvcConfigurer {

    @Override
    public void addResourceHandlers(ResourceHandlerRegistry registry) {
        addFiles(registry, "/index.html", "/favicon.svg", "/login.css").addResourceLocations("classpath:/static/");
        addFiles(registry, "/app/**").addResourceLocations("classpath:/static/app/");
        addFiles(registry, "/vendor/**").addResourceLocations("classpath:/static/vendor/");
    }

    private static ResourceHandlerRegistration addFiles(ResourceHandlerRegistry registry, String... paths) {
        return registry.addResourceHandler(paths)
                .setCacheControl(CacheControl.noCache())
                // All files in the jar bear the same time, that of the release, so it says nothing.
                .setUseLastModified(false)
                .setEtagGenerator(ContentTag::of);
    }
}
