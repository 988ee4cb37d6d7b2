package dev.canyon.engine.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ByteBudgetTest {

    private final ByteBudget budget = new ByteBudget(100);

    @Test
    void holdsWhatFitsAndNothingOfWhatDoesNot() {
        assertThat(budget.tryHold(60)).isTrue();
        assertThat(budget.tryHold(41)).isFalse();
        assertThat(budget.held()).isEqualTo(60);

        assertThat(budget.tryHold(40)).isTrue();
        assertThat(budget.isExceeded()).isFalse();

        budget.release(60);
        assertThat(budget.held()).isEqualTo(40);
        assertThat(budget.tryHold(60)).isTrue();
    }

    @Test
    void refusesToHoldWhileExceeded() {
        budget.change(0, 150);

        assertThat(budget.tryHold(1)).isFalse();
        assertThat(budget.isExceeded()).isTrue();

        budget.change(150, 0);
        assertThat(budget.tryHold(1)).isTrue();
    }

    @Test
    void letsEveryConnectionReadWhileThereIsRoom() {
        budget.change(0, 80);

        assertThat(budget.mayRead(80)).isTrue();
    }

    @Test
    void stopsThoseThatHoldMoreThanTheirShareWhenNearlyUsed() {
        budget.change(0, 70);
        budget.change(0, 20);

        assertThat(budget.mayRead(70)).isFalse();
        assertThat(budget.mayRead(20)).isTrue();
        assertThat(budget.isExceeded()).isFalse();

        budget.change(20, 0);
        assertThat(budget.mayRead(70)).isTrue();
    }

    @Test
    void stopsAllThatHoldAnythingWhenExceeded() {
        budget.change(0, 101);

        assertThat(budget.mayRead(1)).isFalse();
        assertThat(budget.mayRead(0)).isTrue();
    }

    @Test
    void isExceededWhileTheMemoryOfTheContainerIsScarce() {
        budget.setScarce(true);

        assertThat(budget.isExceeded()).isTrue();
        assertThat(budget.tryHold(1)).isFalse();
        assertThat(budget.mayRead(1)).isFalse();
        assertThat(budget.mayRead(0)).isTrue();

        budget.setScarce(false);
        assertThat(budget.tryHold(1)).isTrue();
    }
}
