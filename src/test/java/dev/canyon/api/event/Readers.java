package dev.canyon.api.event;

import dev.canyon.api.json.BodyConverter;
import dev.canyon.api.json.BodyReader;
import dev.canyon.api.json.BodyTree;
import dev.canyon.api.json.YamlDocuments;
import dev.canyon.api.problem.InvalidRequestException;
import java.util.Optional;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.test.context.ConfigDataApplicationContextInitializer;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.http.MediaType;
import org.springframework.validation.beanvalidation.LocalValidatorFactoryBean;
import tools.jackson.databind.json.JsonMapper;

/** The body readers of Canyon, configured as in the application, without a web server. */
public final class Readers {

    public static final JsonMapper MAPPER;
    public static final BodyReader BODIES;
    public static final YamlDocuments YAML;

    static {
        // Never closed: used by all tests of the JVM, and holds no resources.
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

    /** The object in a JSON body; empty if the body is not an object. */
    public static Optional<BodyTree> json(byte[] body) {
        return read(body, MediaType.APPLICATION_JSON);
    }

    /** The object in a YAML body; empty if the body is not an object. */
    public static Optional<BodyTree> yaml(byte[] body) {
        return read(body, MediaType.APPLICATION_YAML);
    }

    private static Optional<BodyTree> read(byte[] body, MediaType type) {
        try {
            return Optional.of(BodyConverter.read(body, type));
        } catch (InvalidRequestException ex) {
            return Optional.empty();
        }
    }
}
