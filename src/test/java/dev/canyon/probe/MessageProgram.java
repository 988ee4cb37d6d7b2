package dev.canyon.probe;

import dev.canyon.net.IpText;
import dev.canyon.net.Protocol;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Locale;

/** Sends a message to each target and prints its outcome. Runs in a network namespace: see {@link UnreachableTest}. */
final class MessageProgram {

    private MessageProgram() {}

    /** @param targets protocol and address of each */
    public static void main(String[] targets) {
        Duration patience = Duration.ofSeconds(1);
        byte[] bytes = {1};
        for (int i = 0; i < targets.length; i += 2) {
            TestResult result = TestMessages.send(
                    Protocol.valueOf(targets[i].toUpperCase(Locale.ROOT)),
                    new InetSocketAddress(IpText.parse(targets[i + 1]).orElseThrow(), 7007),
                    new TestMessage(bytes, new Expectation.Exactly(bytes), patience, patience, 1, 0, false),
                    null,
                    new StepTimer());
            System.out.println("to " + targets[i + 1] + " " + result.decisive().outcome());
        }
    }
}
