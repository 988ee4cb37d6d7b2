package dev.canyon.engine.reply.datagram;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import org.junit.jupiter.api.Test;

class SourceSharesTest {

    private final SourceShares shares = new SourceShares(8, 4_000);

    private static InetAddress address(String text) throws Exception {
        return InetAddress.getByName(text);
    }

    @Test
    void aSourceHoldsAtMostAQuarterOfTheDatagramsAndBytes() throws Exception {
        InetAddress source = address("192.0.2.1");
        assertThat(shares.hasRoom(source, 1_001)).isFalse();
        shares.add(source, 600);
        assertThat(shares.hasRoom(source, 401)).isFalse();
        assertThat(shares.hasRoom(source, 400)).isTrue();
        shares.add(source, 1);
        assertThat(shares.hasRoom(source, 1)).isFalse();
        assertThat(shares.hasRoom(address("192.0.2.2"), 1_000)).isTrue();
        shares.remove(source, 600);
        assertThat(shares.hasRoom(source, 999)).isTrue();
        shares.remove(source, 1);
        assertThat(shares.size()).isZero();
    }

    @Test
    void theAddressesOfAnIpv6NetworkAreOneSource() throws Exception {
        shares.add(address("2001:db8::1"), 1_000);
        assertThat(shares.hasRoom(address("2001:db8::2"), 1)).isFalse();
        assertThat(shares.hasRoom(address("2001:db8:0:1::1"), 1)).isTrue();
    }
}
