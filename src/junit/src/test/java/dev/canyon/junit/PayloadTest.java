package dev.canyon.junit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PayloadTest {

    @Test
    void textIsShownInQuotesAndEverythingElseInHex() {
        assertThat(Payload.of("a \"b\"\r\n")).hasToString("\"a \\\"b\\\"\\r\\n\"");
        assertThat(Payload.of("é")).hasToString("\"é\"");
        assertThat(Payload.of(new byte[] {0, (byte) 0xff})).hasToString("0x00ff");
        assertThat(Payload.of("x".repeat(300)).toString()).endsWith("x\"... (300 bytes)");
    }

    @Test
    void payloadsAreComparedByValue() {
        assertThat(Payload.of("abc"))
                .isEqualTo(Payload.of(new byte[] {'a', 'b', 'c'}))
                .hasSameHashCodeAs(Payload.of("abc"))
                .isNotEqualTo(Payload.of("abd"));
    }

    @Test
    void aPartIsContainedWithoutAGap() {
        Payload payload = Payload.of("abcabd");
        assertThat(payload.contains(Payload.of("abd"))).isTrue();
        assertThat(payload.contains(Payload.of(""))).isTrue();
        assertThat(payload.contains(Payload.of("acb"))).isFalse();
        assertThat(payload.contains(Payload.of("abcabda"))).isFalse();
    }

    @Test
    void itsBytesCannotBeChanged() {
        byte[] bytes = {1};
        Payload payload = Payload.of(bytes);
        bytes[0] = 2;
        payload.bytes()[0] = 3;
        assertThat(payload.bytes()).containsExactly(1);
    }
}
