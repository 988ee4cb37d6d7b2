package dev.canyon.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.canyon.listener.VersionedDefinition;
import java.nio.charset.StandardCharsets;

/** What stands in a row is a definition or damaged, also if somebody has fitted the checksum. */
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
