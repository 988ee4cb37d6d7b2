package dev.canyon.api.json;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import tools.jackson.dataformat.yaml.YAMLFactory;
import tools.jackson.dataformat.yaml.YAMLMapper;
import tools.jackson.dataformat.yaml.YAMLWriteFeature;

/** The media types of YAML, and documents in it. They are read by {@link BodyConverter}. */
@Component
public class YamlDocuments {

    /** RFC 9512: the registered type, and those in use before it. */
    public static final String YAML = MediaType.APPLICATION_YAML_VALUE;

    public static final String X_YAML = "application/x-yaml";
    public static final String TEXT_YAML = "text/yaml";
    public static final String TEXT_X_YAML = "text/x-yaml";

    private static final List<MediaType> TYPES =
            MediaType.parseMediaTypes(List.of(YAML, X_YAML, TEXT_YAML, TEXT_X_YAML));

    private final YAMLMapper mapper = YAMLMapper.builder(
                    YAMLFactory.builder().disable(YAMLWriteFeature.SPLIT_LINES).build())
            .build();

    /** Whether it is a media type of YAML; its parameters do not matter. */
    static boolean isYaml(@Nullable MediaType type) {
        return type != null && TYPES.stream().anyMatch(yaml -> yaml.equalsTypeAndSubtype(type));
    }

    public byte[] write(Object document) {
        return mapper.writeValueAsBytes(document);
    }
}
