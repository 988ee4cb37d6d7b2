package dev.canyon.probe.target;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.canyon.net.IpText;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** An entry is read as what is written there, or refused with a reason; what it permits is within it. */
class TargetEntryFuzzTest {

    @FuzzTest
    void parse(byte[] input) {
        String text = new String(input, StandardCharsets.UTF_8);
        TargetEntry entry;
        try {
            entry = TargetEntry.parse(text);
        } catch (IllegalArgumentException ex) {
            assertThat(ex.getMessage()).isNotBlank();
            return;
        }
        assertThat(TargetEntry.parse(written(entry))).isEqualTo(entry);
        if (entry instanceof TargetEntry.Addresses addresses) {
            WrittenRange written = Objects.requireNonNull(WrittenRange.of(text), "the range as it is written");
            assertThat(written.includes(addresses.range().network().getAddress()))
                    .isTrue();
            assertThat(written.sizeInBits())
                    .isEqualTo(addresses.range().network().getAddress().length * 8
                            - addresses.range().prefix());
        }
    }

    private static String written(TargetEntry entry) {
        String ports = ":" + entry.ports().first() + "-" + entry.ports().last();
        if (entry instanceof TargetEntry.Addresses addresses) {
            String range = addresses.range().toString();
            assertThat(IpText.parse(range.replaceFirst("/.*", ""))).isPresent();
            return (range.contains(":") ? "[" + range + "]" : range) + ports;
        }
        return ((TargetEntry.Name) entry).name() + ports;
    }
}
