package dev.canyon.api.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.canyon.api.ApiTest;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.test.context.TestPropertySource;

/** What a start leaves for later. The property makes a context of its own, which nobody has asked for anything before. */
@TestPropertySource(properties = "canyon.listeners[0].name=api-test-declared-on-demand")
class OnDemandTest extends ApiTest {

    private static final List<String> LEFT_FOR_LATER = List.of(
            "bodyValidator", "openApi", "openApiResource", "modelConverterRegistrar", "springdocObjectMapperProvider");

    @Autowired
    ConfigurableListableBeanFactory beans;

    @Test
    void makesDocumentAndValidatorWhenTheyAreAskedFor() throws Exception {
        assertThat(LEFT_FOR_LATER).allMatch(beans::containsBeanDefinition).noneMatch(beans::containsSingleton);

        assertThat(get("/v3/api-docs").status()).isEqualTo(200);
        assertThat(text("/swagger-ui/swagger-initializer.js")).contains("/v3/api-docs");
        assertThat(post("/api/v1/messages", "{\"protocol\": \"tcp\", \"timeoutMs\": -1}")
                        .fields())
                .contains("timeoutMs");

        assertThat(LEFT_FOR_LATER).allMatch(beans::containsSingleton);
    }
}
