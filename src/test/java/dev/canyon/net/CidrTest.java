package dev.canyon.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CidrTest {

    @Test
    void aRangeHasNoInterface() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Cidr.parse("fe80::1%eth0"))
                .withMessage("'fe80::1%eth0' is not an address range (expected: without %interface)");
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, 10.255.1.2, true",
        "10.0.0.0/8, 11.0.0.0, false",
        "192.0.2.128/25, 192.0.2.127, false",
        "192.0.2.128/25, 192.0.2.200, true",
        "192.0.2.7, 192.0.2.7, true",
        "192.0.2.7, 192.0.2.8, false",
        "0.0.0.0/0, 203.0.113.9, true",
        "0.0.0.0/0, ::1, false",
        "fd00::/8, fdff::1, true",
        "fd00::/8, fe00::1, false",
        "::/0, ::1, true",
        "::1, ::1, true",
        "::ffff:10.0.0.0/104, 10.255.1.2, true",
        "::ffff:10.0.0.0/104, 11.0.0.0, false",
        "::ffff:0:0/96, 203.0.113.9, true",
        "::ffff:192.0.2.7, 192.0.2.7, true",
    })
    void containsTheAddressesOfItsRange(String range, String address, boolean expected) throws UnknownHostException {
        assertThat(Cidr.parse(range).contains(InetAddress.getByName(address))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "10.0.0.1/8 | '10.0.0.1/8' has host bits set; write 10.0.0.0/8, or 10.0.0.1 for this address alone",
                "192.0.2.255/25 | '192.0.2.255/25' has host bits set; write 192.0.2.128/25, or 192.0.2.255 for this address alone",
                "fd12::1/9 | 'fd12::1/9' has host bits set; write fd00::/9, or fd12::1 for this address alone",
                "10.0.0.0/33 | the prefix of '10.0.0.0/33' must be 0 to 32",
                "::/129 | the prefix of '::/129' must be 0 to 128",
                "::ffff:10.0.0.0/8 | the prefix of '::ffff:10.0.0.0/8' must be 96 to 128",
            },
            quoteCharacter = '"')
    void namesTheRemedy(String text, String message) {
        assertThatIllegalArgumentException().isThrownBy(() -> Cidr.parse(text)).withMessage(message);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "localhost",
                "10",
                "10.1",
                "10.0.0.0/33",
                "10.0.0.0/-1",
                "10.0.0.0/x",
                "10.0.0.0/",
                "10.0.0.0/+8",
                "10.0.0.0/\u0668",
                "10.0.0.0/4294967304",
                "::ffff:10.0.0.0/8",
                "::ffff:10.0.0.0/129",
                "010.0.0.0/8",
                "300.0.0.0/8",
                "10.0.0.1/8",
                "fd00::1/8",
                "::1/129",
                "10.0.0.0.0",
                "10.0.0.0/8/8",
                "0x7f.0.0.1"
            })
    void rejectsInvalidRanges(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> Cidr.parse(text));
    }

    /** A request body of a megabyte can contain such a text. */
    @Test
    @Timeout(10)
    void rejectsALongTextQuickly() {
        assertThatIllegalArgumentException().isThrownBy(() -> Cidr.parse(":".repeat(150_000) + "x"));
    }
}
