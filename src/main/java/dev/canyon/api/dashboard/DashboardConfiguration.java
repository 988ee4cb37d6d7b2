package dev.canyon.api.dashboard;

import dev.canyon.settings.CanyonProperties;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.CacheControl;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistration;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * Serves the files of the dashboard so that browsers cache them but revalidate them on each use: a new version is visible at
 * once, and a visit costs only a few 304 responses.
 */
@Configuration(proxyBeanMethods = false)
class DashboardConfiguration implements WebMvcConfigurer {

    private final CanyonProperties properties;

    DashboardConfiguration(CanyonProperties properties) {
        this.properties = properties;
    }

    @Override
    public void addResourceHandlers(ResourceHandlerRegistry registry) {
        addFiles(registry, DefinitionFieldsFile.PATH)
                .resourceChain(false)
                .addResolver(new DefinitionFieldsFile(properties.defaultHost()));
        addFiles(registry, "/index.html", "/favicon.svg", "/login.css").addResourceLocations("classpath:/static/");
        addFiles(registry, "/app/**").addResourceLocations("classpath:/static/app/");
        addFiles(registry, "/vendor/**").addResourceLocations("classpath:/static/vendor/");
    }

    private static ResourceHandlerRegistration addFiles(ResourceHandlerRegistry registry, String... paths) {
        return registry.addResourceHandler(paths)
                .setCacheControl(CacheControl.noCache())
                // All files in the jar have the same modification time, that of the release.
                .setUseLastModified(false)
                .setEtagGenerator(ContentTag::of);
    }
}
