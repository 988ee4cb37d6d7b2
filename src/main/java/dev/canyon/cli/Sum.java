package dev.canyon.cli;

import dev.canyon.transport.EndpointCounters.Reading;
import dev.canyon.transport.Protocol;
import java.util.Map;
import java.util.StringJoiner;

/** What was counted on a port in all, in a line. */
final class Sum {

    private Sum() {}

    static String of(Echo echo) {
        Reading sum = echo.counters().read();
        StringJoiner line = new StringJoiner(", ", echo.uri() + " ", "");
        if (echo.endpoint().protocol() == Protocol.TCP) {
            line.add(EchoEvent.counted(sum.connections().total(), "connection"));
        } else {
            line.add(EchoEvent.counted(sum.receivedMessages(), "datagram"));
        }
        line.add(sum.receivedBytes() + " bytes received");
        line.add(sum.sentBytes() + " sent");
        reasons(line, "rejected", sum.connections().rejected());
        reasons(line, "dropped", sum.dropped());
        return line.toString();
    }

    private static void reasons(StringJoiner line, String what, Map<?, Long> counts) {
        counts.forEach((reason, count) -> {
            if (count > 0) {
                line.add(count + " " + what + " (" + reason + ")");
            }
        });
    }
}
