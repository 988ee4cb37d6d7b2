package dev.canyon.security.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Uses a manual clock. */
class KeyFailureLimitTest {

    private static final RequestSource SOURCE = RequestSource.of("192.0.2.7");

    private final AtomicLong clock = new AtomicLong();
    private final KeyFailureLimit wrongKeys = new KeyFailureLimit(clock::get);

    @Test
    void tenWrongKeysLockTheSourceOutForTheRestOfTheMinute() {
        for (int i = 0; i < 10; i++) {
            pass(1);
            assertThat(wrongKeys.check(SOURCE, Optional::empty)).isEmpty();
        }
        assertThatThrownBy(() -> wrongKeys.check(SOURCE, () -> Optional.of("right")))
                .isInstanceOfSatisfying(
                        KeyFailureLimit.TooManyFailuresException.class,
                        ex -> assertThat(ex.retryAfterSeconds()).isEqualTo(51));
        pass(50);
        assertThatThrownBy(() -> wrongKeys.check(SOURCE, () -> Optional.of("right")))
                .isInstanceOf(KeyFailureLimit.TooManyFailuresException.class);
        pass(1);
        assertThat(wrongKeys.check(SOURCE, () -> Optional.of("right"))).contains("right");
    }

    @Test
    void fewerThanTenPerMinuteLockNobodyOut() {
        for (int i = 0; i < 100; i++) {
            pass(7);
            assertThat(wrongKeys.check(SOURCE, Optional::empty)).isEmpty();
        }
        assertThat(wrongKeys.check(SOURCE, () -> Optional.of("right"))).contains("right");
    }

    @Test
    void correctKeysDoNotResetTheCount() {
        for (int i = 0; i < 10; i++) {
            wrongKeys.check(SOURCE, Optional::empty);
            if (i < 9) {
                wrongKeys.check(SOURCE, () -> Optional.of("right"));
            }
        }
        assertThatThrownBy(() -> wrongKeys.check(SOURCE, () -> Optional.of("right")))
                .isInstanceOf(KeyFailureLimit.TooManyFailuresException.class);
    }

    @Test
    void allIpv6AddressesOfANetworkAreOneSource() {
        for (int i = 0; i < 10; i++) {
            wrongKeys.check(RequestSource.of("2001:db8:1:2::" + i), Optional::empty);
        }
        assertThatThrownBy(() -> wrongKeys.check(RequestSource.of("2001:db8:1:2:ffff::1"), Optional::empty))
                .isInstanceOf(KeyFailureLimit.TooManyFailuresException.class);
        assertThat(wrongKeys.check(RequestSource.of("2001:db8:1:3::1"), Optional::empty))
                .isEmpty();
        assertThat(RequestSource.of("::ffff:192.0.2.7")).isEqualTo(SOURCE);
    }

    @Test
    void wrongKeysFromThousandsOfOtherSourcesDoNotUnlockASource() {
        for (int i = 0; i < 10; i++) {
            wrongKeys.check(SOURCE, Optional::empty);
        }
        for (int i = 0; i < 9_999; i++) {
            wrongKeys.check(RequestSource.of("10.0." + i / 256 + "." + i % 256), Optional::empty);
        }
        assertThatThrownBy(() -> wrongKeys.check(SOURCE, () -> Optional.of("right")))
                .isInstanceOf(KeyFailureLimit.TooManyFailuresException.class);
    }

    private void pass(int seconds) {
        clock.addAndGet(TimeUnit.SECONDS.toNanos(seconds));
    }
}
