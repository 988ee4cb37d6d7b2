package dev.canyon.api.caller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.canyon.api.ApiTest;
import org.junit.jupiter.api.Test;

class CallerApiTest extends ApiTest {

    @Test
    void withoutARequiredKeyAnyoneIsAnAdmin() throws Exception {
        assertThat(get("/api/v1/me").body()).hasToString("{\"name\":\"anyone\",\"role\":\"admin\"}");
    }

    @Test
    void takesNoParameters() throws Exception {
        Answer answer = get("/api/v1/me?name=admin");
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.fields()).containsExactly("name");
    }
}
