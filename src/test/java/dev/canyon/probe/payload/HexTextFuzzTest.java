package dev.canyon.probe.payload;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Hex is decoded or rejected with a reason. */
class HexTextFuzzTest {

    @FuzzTest
    void parse(byte[] input) {
        String text = new String(input, StandardCharsets.UTF_8);
        byte[] bytes;
        try {
            bytes = HexText.parse(text);
        } catch (IllegalArgumentException ex) {
            assertThat(ex.getMessage()).contains("hex digits");
            return;
        }
        assertThat(text.replaceAll("0[xX]", " ").split("[\\s:]"))
                .as("half bytes are not put together")
                .allMatch(digits -> digits.length() % 2 == 0);
        assertThat(HexText.parse(HexFormat.of().formatHex(bytes))).isEqualTo(bytes);
        assertThat(HexText.parse(HexFormat.ofDelimiter(" ").withPrefix("0x").formatHex(bytes)))
                .isEqualTo(bytes);
    }
}
