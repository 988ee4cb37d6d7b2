package dev.canyon.engine.udp;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SourceRatesTest {

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final SourceRates rates = new SourceRates();

    @Test
    void allowsTheRateAndRefillsTheBucket() throws UnknownHostException {
        InetAddress source = InetAddress.getByName("192.0.2.1");
        assertThat(passed(source, 20, 10, 0)).isEqualTo(10);
        assertThat(passed(source, 20, 10, SECOND / 2)).isEqualTo(5);
        assertThat(passed(source, 20, 10, 10 * SECOND)).isEqualTo(10);
    }

    @Test
    void anIpv6SourceIsItsNetwork() throws UnknownHostException {
        assertThat(passed(InetAddress.getByName("2001:db8::1"), 20, 10, 0)).isEqualTo(10);
        assertThat(passed(InetAddress.getByName("2001:db8::2"), 20, 10, 0)).isZero();
        assertThat(passed(InetAddress.getByName("2001:db8:0:1::1"), 20, 10, 0)).isEqualTo(10);
    }

    @Test
    void keepsABoundedNumberOfSources() throws UnknownHostException {
        for (int i = 0; i < 70_000; i++) {
            InetAddress source = InetAddress.getByAddress(
                    ByteBuffer.allocate(4).putInt(0x0a000000 + i).array());
            rates.take(source, 1, 0);
        }
        assertThat(rates.size()).isEqualTo(65_536);
    }

    private int passed(InetAddress source, int datagrams, int perSecond, long now) {
        int passed = 0;
        for (int i = 0; i < datagrams; i++) {
            passed += rates.take(source, perSecond, now) ? 1 : 0;
        }
        return passed;
    }
}
