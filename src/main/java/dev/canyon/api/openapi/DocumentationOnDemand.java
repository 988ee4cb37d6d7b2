package dev.canyon.api.openapi;

import java.util.ArrayList;
import java.util.List;
import org.springframework.beans.factory.annotation.AnnotatedBeanDefinition;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.type.MethodMetadata;

/**
 * Defers all beans that build the OpenAPI document until its first request: the start then loads some hundred classes
 * less. The beans that serve the pages of Swagger UI are created at startup, since Spring MVC needs them.
 */
final class DocumentationOnDemand implements BeanFactoryPostProcessor {

    private static final String DOCUMENT = "openApiResource";

    @Override
    public void postProcessBeanFactory(ConfigurableListableBeanFactory beans) {
        List<String> parts = new ArrayList<>();
        for (String name : beans.getBeanDefinitionNames()) {
            BeanDefinition definition = beans.getBeanDefinition(name);
            if (isOfSpringdoc(definition)) {
                definition.setLazyInit(true);
                parts.add(name);
            }
        }
        // Some beans only register themselves elsewhere, so no other bean requests them.
        if (parts.remove(DOCUMENT)) {
            beans.getBeanDefinition(DOCUMENT).setDependsOn(parts.toArray(String[]::new));
        }
    }

    private static boolean isOfSpringdoc(BeanDefinition definition) {
        if (!(definition instanceof AnnotatedBeanDefinition annotated)) {
            return false;
        }
        MethodMetadata method = annotated.getFactoryMethodMetadata();
        return method != null && method.getDeclaringClassName().startsWith("org.springdoc.");
    }
}
