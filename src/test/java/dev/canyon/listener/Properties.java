package dev.canyon.listener;

import dev.canyon.settings.CanyonProperties;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** Properties as an operator would set them. */
public final class Properties {

    private Properties() {}

    /** @param properties for example {@code canyon.default-host=127.0.0.1} */
    public static CanyonProperties bind(String... properties) {
        Map<String, String> map = Arrays.stream(properties)
                .map(property -> property.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
        return new Binder(new MapConfigurationPropertySource(map)).bindOrCreate("canyon", CanyonProperties.class);
    }
}
