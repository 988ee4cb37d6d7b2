package dev.canyon.cli;

import dev.canyon.transport.EndpointCounters.Reading;
import dev.canyon.transport.Protocol;
import java.util.ArrayList;
import java.util.List;

/** Tells from the counters what may happen too often for a line each: datagrams, and what is turned away. */
final class Tally {

    private final Echo echo;
    private Reading told = Reading.NONE;

    Tally(Echo echo) {
        this.echo = echo;
    }

    /** What has been counted since the last call. */
    List<EchoEvent> news() {
        Reading now = echo.counters().read();
        List<EchoEvent> news = new ArrayList<>();
        long datagrams = now.receivedMessages() - told.receivedMessages();
        if (echo.endpoint().protocol() == Protocol.UDP && datagrams > 0) {
            news.add(EchoEvent.received(
                    echo, datagrams, now.receivedBytes() - told.receivedBytes(), now.sentBytes() - told.sentBytes()));
        }
        now.dropped().forEach((reason, count) -> {
            long more = count - told.dropped().getOrDefault(reason, 0L);
            if (more > 0) {
                news.add(EchoEvent.dropped(echo, more, reason));
            }
        });
        now.connections().rejected().forEach((reason, count) -> {
            long more = count - told.connections().rejected().getOrDefault(reason, 0L);
            if (more > 0) {
                news.add(EchoEvent.rejected(echo, more, reason));
            }
        });
        told = now;
        return news;
    }
}
