package dev.canyon.api.openapi;

import java.util.ArrayList;
import java.util.List;
import org.springframework.beans.factory.annotation.AnnotatedBeanDefinition;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.type.MethodMetadata;

/**
 * Leaves everything that makes the OpenAPI document until somebody asks for it: a start without it loads some hundred
 * classes less. What serves the pages of Swagger UI is made at once, since Spring MVC asks for it.
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
        // Some parts only register themselves somewhere, and nobody asks for those.
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
