package dev.canyon.cli.listen;

import dev.canyon.engine.traffic.EndpointCounters.Reading;
import dev.canyon.net.Protocol;
import java.util.ArrayList;
import java.util.List;

/** Derives events from counters for what may happen too often for a line each: datagrams, drops and rejected connections. */
final class CounterEvents {

    private final OpenEndpoint echo;
    private Reading last = Reading.NONE;

    CounterEvents(OpenEndpoint echo) {
        this.echo = echo;
    }

    /** Returns events for everything counted since the previous call. */
    List<EchoEvent> next() {
        Reading now = echo.counters().read();
        List<EchoEvent> next = new ArrayList<>();
        long datagrams = now.receivedMessages() - last.receivedMessages();
        if (echo.endpoint().protocol() == Protocol.UDP && datagrams > 0) {
            next.add(EchoEvent.received(
                    echo, datagrams, now.receivedBytes() - last.receivedBytes(), now.sentBytes() - last.sentBytes()));
        }
        now.dropped().forEach((reason, count) -> {
            long more = count - last.dropped().getOrDefault(reason, 0L);
            if (more > 0) {
                next.add(EchoEvent.dropped(echo, more, reason));
            }
        });
        now.connections().rejected().forEach((reason, count) -> {
            long more = count - last.connections().rejected().getOrDefault(reason, 0L);
            if (more > 0) {
                next.add(EchoEvent.rejected(echo, more, reason));
            }
        });
        last = now;
        return next;
    }
}
