package dev.canyon.cli.listen;

import dev.canyon.engine.traffic.EndpointCounters.Reading;
import dev.canyon.net.Protocol;
import java.util.Map;
import java.util.StringJoiner;

/** The totals of an endpoint in one line. */
final class TotalsLine {

    private TotalsLine() {}

    static String of(OpenEndpoint echo) {
        Reading total = echo.counters().read();
        StringJoiner line = new StringJoiner(", ", echo.uri() + " ", "");
        if (echo.endpoint().protocol() == Protocol.TCP) {
            line.add(EchoEvent.counted(total.connections().total(), "connection"));
        } else {
            line.add(EchoEvent.counted(total.receivedMessages(), "datagram"));
        }
        line.add(total.receivedBytes() + " bytes received");
        line.add(total.sentBytes() + " sent");
        addReasons(line, "rejected", total.connections().rejected());
        addReasons(line, "dropped", total.dropped());
        return line.toString();
    }

    private static void addReasons(StringJoiner line, String what, Map<?, Long> counts) {
        counts.forEach((reason, count) -> {
            if (count > 0) {
                line.add(count + " " + what + " (" + reason + ")");
            }
        });
    }
}
