package dev.canyon.api;

import dev.canyon.api.json.BodyReader;
import java.util.Optional;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.test.context.ConfigDataApplicationContextInitializer;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.validation.beanvalidation.LocalValidatorFactoryBean;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What reads bodies in Canyon, set up as there, without what serves them. */
final class Readers {

    static final JsonMapper MAPPER;
    static final BodyReader BODIES;
    static final YamlDocuments YAML;

    static {
        // Never closed: it is there for all tests of the JVM, as these constants are, and holds nothing open.
        @SuppressWarnings("resource")
        AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
        new ConfigDataApplicationContextInitializer().initialize(context);
        context.register(
                JacksonAutoConfiguration.class, LocalValidatorFactoryBean.class, BodyReader.class, YamlDocuments.class);
        context.refresh();
        MAPPER = context.getBean(JsonMapper.class);
        BODIES = context.getBean(BodyReader.class);
        YAML = context.getBean(YamlDocuments.class);
    }

    private Readers() {}

    /** The object in a body; empty for what is refused because it is no JSON, or no object. */
    static Optional<ObjectNode> json(byte[] body) {
        try {
            JsonNode tree = MAPPER.readTree(body);
            return tree instanceof ObjectNode object ? Optional.of(object) : Optional.empty();
        } catch (JacksonException ex) {
            return Optional.empty();
        }
    }
}
