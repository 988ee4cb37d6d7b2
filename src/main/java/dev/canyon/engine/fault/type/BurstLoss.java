package dev.canyon.engine.fault.type;

import dev.canyon.engine.fault.Draws;
import dev.canyon.engine.fault.datagram.Datagram;
import dev.canyon.engine.fault.datagram.DatagramEffect;
import dev.canyon.engine.fault.datagram.DatagramStage;
import dev.canyon.engine.setting.Setting;
import dev.canyon.engine.setting.SettingsRecord;

/**
 * Drops datagrams in bursts, after the model of Gilbert and Elliott: a good and a bad state, each with its own loss. The loss of
 * a datagram is decided by the state before the transition that the datagram causes.
 */
public record BurstLoss(
        @Setting(title = "Enter", text = "Probability of changing from the good to the bad state.", max = 1)
        double enterProbability,

        @Setting(title = "Exit", text = "Probability of changing from the bad to the good state.", max = 1)
        double exitProbability,

        @Setting(title = "Loss, good", text = "Probability of loss in the good state.", max = 1, defaultsTo = "0")
        double lossGood,

        @Setting(title = "Loss, bad", text = "Probability of loss in the bad state.", max = 1, defaultsTo = "1")
        double lossBad)
        implements DatagramEffect {

    private static final SettingsRecord<BurstLoss> FIELDS = SettingsRecord.of(BurstLoss.class);

    public BurstLoss {
        FIELDS.check(enterProbability, exitProbability, lossGood, lossBad);
    }

    @Override
    public DatagramStage datagramStage() {
        return new Datagrams();
    }

    private final class Datagrams extends DatagramStage {

        /** One element: whether the scope is in the bad state. */
        private final Scopes<boolean[]> bad = new Scopes<>(() -> new boolean[1]);

        @Override
        protected void chosen(Datagram datagram, long number) {
            boolean[] state = bad.of(scopeOf(datagram));
            double loss = Draws.fraction(seed(1), 2 * number - 1);
            double transition = Draws.fraction(seed(1), 2 * number);
            boolean lost = loss < (state[0] ? lossBad : lossGood);
            state[0] = state[0] ? transition >= exitProbability : transition < enterProbability;
            if (lost) {
                applied(datagram);
                endpoint().dropByFault(datagram);
            } else {
                forward(datagram);
            }
        }
    }
}
