package dev.canyon.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.canyon.api.listener.ListQuery;
import dev.canyon.api.problem.InvalidRequestException;
import dev.canyon.api.problem.RefusedException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;

/** Query parameters and conditional headers are accepted or rejected. An input is a decoded query: {@code a=b&c=d}. */
class QueryFuzzTest {

    @FuzzTest
    void read(byte[] input) {
        String text = new String(input, StandardCharsets.UTF_8);
        MultiValueMap<String, String> parameters = new LinkedMultiValueMap<>();
        Arrays.stream(text.split("&")).map(pair -> pair.split("=", 2)).forEach(pair -> {
            parameters.add(pair[0], pair.length == 1 ? "" : pair[1]);
        });
        try {
            ListQuery query = ListQuery.of(parameters);
            assertThat(query.limit()).isBetween(1, 1000);
            assertThat(String.valueOf(query.limit()))
                    .isEqualTo(parameters.getOrDefault("limit", List.of("100")).get(0));
            if (query.cursor() != null) {
                assertThat(Cursor.key(Cursor.after(Cursor.key(query.cursor())))).isEqualTo(Cursor.key(query.cursor()));
            }
        } catch (InvalidRequestException | RefusedException ex) {
            assertThat(ex.getMessage()).isNotBlank();
        }
        try {
            assertThat(EntityTag.createOnly(text)).isTrue();
        } catch (InvalidRequestException ex) {
            assertThat(text.strip()).isNotEqualTo("*");
        }
    }
}
