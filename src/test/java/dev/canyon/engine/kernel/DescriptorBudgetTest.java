package dev.canyon.engine.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class DescriptorBudgetTest {

    @Test
    void reservesAQuarterOfTheDescriptorsButAtMost512() {
        assertThat(connectionsWithin(300, 10, 1)).isEqualTo(300 - 1 - 75);
        assertThat(connectionsWithin(20_000, 200, 2)).isEqualTo(20_000 - 2 - 512);
    }

    @Test
    void reservesWhatTheProcessNeedsItself() {
        assertThat(connectionsWithin(300, 100, 1)).isEqualTo(300 - 1 - 100 - 48);
    }

    @Test
    void refusesAListenerThatWouldLeaveTooFewForConnections() {
        DescriptorBudget budget = new DescriptorBudget(149, 0);
        budget.listen(37);
        assertThatThrownBy(() -> budget.listen(1))
                .isInstanceOf(LimitReachedException.class)
                .hasMessageContaining("ulimit -n");
        budget.unlisten(1);
        budget.listen(1);
    }

    @Test
    void releasesWhatIsNoLongerUsed() {
        DescriptorBudget budget = new DescriptorBudget(149, 0);
        budget.listen(1);
        while (budget.connect()) {}
        budget.disconnect();
        assertThat(budget.connect()).isTrue();
        assertThat(budget.connect()).isFalse();
    }

    private static int connectionsWithin(long limit, long open, int listeners) {
        DescriptorBudget budget = new DescriptorBudget(limit, open);
        budget.listen(listeners);
        int connections = 0;
        while (budget.connect()) {
            connections++;
        }
        return connections;
    }
}
