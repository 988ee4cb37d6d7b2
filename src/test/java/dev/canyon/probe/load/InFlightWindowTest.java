package dev.canyon.probe.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class InFlightWindowTest {

    private final InFlightWindow window = new InFlightWindow();

    @Test
    void aMessageIsTakenOnlyOnce() {
        window.add(5, 7);
        assertThat(window.take(0)).isEqualTo(5);
        assertThat(window.take(0)).isEqualTo(InFlightWindow.NONE);
        assertThat(window.unanswered()).isZero();
    }

    @Test
    void expiresByTheTimeOfSendingNotByTheTimeDue() {
        window.add(1, 10);
        window.add(2, 20);
        assertThat(window.expire(9)).isZero();
        assertThat(window.expire(10)).isEqualTo(1);
        assertThat(window.take(0)).isEqualTo(InFlightWindow.NONE);
        assertThat(window.take(1)).isEqualTo(2);
    }

    /** Memory does not grow with the number of messages answered after an unanswered one. */
    @Test
    void aStragglerDoesNotRetainLaterMessages() {
        window.add(3, 3);
        for (int number = 1; number <= 1_000_000; number++) {
            window.add(number, number);
            window.take(number);
        }
        assertThat(window.capacity()).isLessThanOrEqualTo(64);
        assertThat(window.unanswered()).isEqualTo(1);
        assertThat(window.take(0)).isEqualTo(3);
        assertThat(window.unanswered()).isZero();
    }

    @Test
    void behavesLikeAMap() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        Map<Integer, Long> model = new TreeMap<>();
        for (int step = 0; step < 200_000; step++) {
            int next = window.next();
            switch (random.nextInt(10)) {
                case 0, 1, 2, 3, 4 -> {
                    window.add(2L * next, next);
                    model.put(next, 2L * next);
                }
                case 9 -> {
                    long sentAt = (long) next - random.nextInt(2_000);
                    int before = model.size();
                    model.keySet().removeIf(number -> number <= sentAt);
                    assertThat(window.expire(sentAt)).as("seed " + seed).isEqualTo(before - model.size());
                }
                default -> {
                    if (next > 0) {
                        int number = Math.max(0, next - 1 - random.nextInt(random.nextBoolean() ? 10 : 3_000));
                        Long due = model.remove(number);
                        assertThat(window.take(number))
                                .as("seed " + seed + ", message " + number)
                                .isEqualTo(due == null ? InFlightWindow.NONE : due);
                    }
                }
            }
            assertThat(window.unanswered()).as("seed " + seed).isEqualTo(model.size());
        }
    }
}
