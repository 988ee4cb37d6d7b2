package dev.canyon.engine.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** The choices of a seed are part of the API: these lists must never change. */
class DrawsTest {

    private static final List<Long> GOLDEN_7 = List.of(2L, 27L, 32L, 37L, 44L, 45L, 53L, 72L, 85L, 92L, 97L);
    private static final List<Long> GOLDEN_0 = List.of(3L, 33L, 34L, 42L, 43L, 44L, 54L, 95L, 96L);

    @Test
    void choicesDependOnSeedAndNumberAlone() {
        assertThat(chosen(new When.Probability(0.1), 7)).isEqualTo(GOLDEN_7);
        assertThat(chosen(new When.Probability(0.1), 0)).isEqualTo(GOLDEN_0);
        assertThat(Draws.draw(7, 1)).isEqualTo(new SplittableRandom(7).nextLong());
        assertThat(Draws.seedOf(7, 2)).isEqualTo(Draws.draw(~7L, 2));
    }

    @Test
    void numbersChooseExactly() {
        assertThat(chosen(new When.Every(30), 1)).containsExactly(30L, 60L, 90L);
        assertThat(chosen(new When.First(3), 1)).containsExactly(1L, 2L, 3L);
        assertThat(chosen(new When.After(98), 1)).containsExactly(99L, 100L);
        assertThat(chosen(new When.Probability(0), 1)).isEmpty();
        assertThat(chosen(new When.Probability(1), 1)).hasSize(100);
    }

    private static List<Long> chosen(When when, long seed) {
        return LongStream.rangeClosed(1, 100)
                .filter(number -> when.chooses(seed, number))
                .boxed()
                .toList();
    }
}
