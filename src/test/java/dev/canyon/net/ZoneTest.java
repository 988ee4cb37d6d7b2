package dev.canyon.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ZoneTest {

    @ParameterizedTest
    @CsvSource({
        "fe80::1%25eth0, fe80::1%eth0",
        "fe80::1%eth0, fe80::1%eth0",
        "fe80::1%25, fe80::1%25",
        "fe80::1%251, fe80::1%251",
        "::1, ::1",
        "localhost, localhost",
    })
    void understandsTheFormOfUris(String written, String meant) {
        assertThat(Zone.decode(written)).isEqualTo(meant);
        assertThat(new ListenAddress(written, 7).host()).isEqualTo(meant);
    }

    @Test
    void aLinkLocalAddressNeedsAZone() throws Exception {
        String missing = Zone.missing(InetAddress.getByName("fe80::1")).orElseThrow();
        assertThat(missing).startsWith("fe80::1 is a link-local address: name its interface, fe80::1%");
        for (String name : linkLocalInterfaces()) {
            assertThat(missing).contains(name);
        }
        assertThat(Zone.missing(InetAddress.getByName("fe80::1%1"))).isEmpty();
        assertThat(Zone.missing(InetAddress.getByName("fd00::1"))).isEmpty();
        assertThat(Zone.missing(InetAddress.getByName("169.254.0.1"))).isEmpty();
        assertThatThrownBy(() -> new ListenAddress("fe80::1", 7).resolve())
                .isInstanceOfSatisfying(
                        BindFailedException.class,
                        ex -> assertThat(ex.failure()).isEqualTo(BindFailure.ADDRESS_UNAVAILABLE))
                .hasMessage(missing);
    }

    @Test
    void anAddressOfThisHostIsSuggestedWithItsInterface() throws Exception {
        for (String name : linkLocalInterfaces()) {
            Inet6Address own = NetworkInterface.getByName(name)
                    .inetAddresses()
                    .filter(each -> each instanceof Inet6Address && each.isLinkLocalAddress())
                    .map(Inet6Address.class::cast)
                    .findFirst()
                    .orElseThrow();
            InetAddress withoutZone = InetAddress.getByAddress(own.getAddress());
            assertThat(Zone.missing(withoutZone).orElseThrow()).contains(IpText.of(own) + "%" + name);
        }
    }

    @Test
    void anUnknownInterfaceIsNamed() {
        assertThat(Zone.unknown("fe80::1%nope").orElseThrow()).startsWith("no interface of this host is named 'nope'");
        assertThat(Zone.unknown("localhost")).isEmpty();
        assertThatThrownBy(() -> new ListenAddress("fe80::1%nope", 7).resolve())
                .isInstanceOf(BindFailedException.class)
                .hasMessageStartingWith("no interface of this host is named 'nope'");
    }

    private static List<String> linkLocalInterfaces() throws Exception {
        return NetworkInterface.networkInterfaces()
                .filter(each -> each.inetAddresses()
                        .anyMatch(address -> address instanceof Inet6Address && address.isLinkLocalAddress()))
                .map(NetworkInterface::getName)
                .toList();
    }
}
