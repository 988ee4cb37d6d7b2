package dev.canyon.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** On a clock of its own. */
class WrongKeysTest {

    private static final Source SOURCE = Source.of("192.0.2.7");

    private final AtomicLong clock = new AtomicLong();
    private final WrongKeys wrongKeys = new WrongKeys(clock::get);

    @Test
    void afterTenNoKeyIsLookedAtUntilTheMinuteIsOver() {
        for (int i = 0; i < 10; i++) {
            pass(1);
            assertThat(wrongKeys.look(SOURCE, Optional::empty)).isEmpty();
        }
        assertThatThrownBy(() -> wrongKeys.look(SOURCE, () -> Optional.of("right")))
                .isInstanceOfSatisfying(
                        WrongKeys.TooManyException.class,
                        ex -> assertThat(ex.secondsLeft()).isEqualTo(51));
        pass(50);
        assertThatThrownBy(() -> wrongKeys.look(SOURCE, () -> Optional.of("right")))
                .isInstanceOf(WrongKeys.TooManyException.class);
        pass(1);
        assertThat(wrongKeys.look(SOURCE, () -> Optional.of("right"))).contains("right");
    }

    @Test
    void fewerInAMinuteShutNobodyOut() {
        for (int i = 0; i < 100; i++) {
            pass(7);
            assertThat(wrongKeys.look(SOURCE, Optional::empty)).isEmpty();
        }
        assertThat(wrongKeys.look(SOURCE, () -> Optional.of("right"))).contains("right");
    }

    @Test
    void rightKeysDoNotWipeOutWrongOnes() {
        for (int i = 0; i < 10; i++) {
            wrongKeys.look(SOURCE, Optional::empty);
            if (i < 9) {
                wrongKeys.look(SOURCE, () -> Optional.of("right"));
            }
        }
        assertThatThrownBy(() -> wrongKeys.look(SOURCE, () -> Optional.of("right")))
                .isInstanceOf(WrongKeys.TooManyException.class);
    }

    @Test
    void aHostIsOneSourceWhicheverOfItsIpv6AddressesItUses() {
        for (int i = 0; i < 10; i++) {
            wrongKeys.look(Source.of("2001:db8:1:2::" + i), Optional::empty);
        }
        assertThatThrownBy(() -> wrongKeys.look(Source.of("2001:db8:1:2:ffff::1"), Optional::empty))
                .isInstanceOf(WrongKeys.TooManyException.class);
        assertThat(wrongKeys.look(Source.of("2001:db8:1:3::1"), Optional::empty))
                .isEmpty();
        assertThat(Source.of("::ffff:192.0.2.7")).isEqualTo(SOURCE);
    }

    private void pass(int seconds) {
        clock.addAndGet(TimeUnit.SECONDS.toNanos(seconds));
    }
}
