package dev.canyon.store.row;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.canyon.definition.VersionedDefinition;
import java.nio.charset.StandardCharsets;

/** Any row is either read as a definition or reported as damaged, even with a matching checksum. */
class ListenerRowFuzzTest {

    @FuzzTest
    void read(byte[] input) {
        String definition = new String(input, StandardCharsets.UTF_8);
        VersionedDefinition kept;
        try {
            kept = ListenerRow.with("edge-tcp", 1, definition).toValue();
        } catch (DamagedRowException ex) {
            assertThat(ex.getMessage()).contains("edge-tcp");
            return;
        }
        assertThat(ListenerRow.of(kept).toValue()).isEqualTo(kept);
    }
}
