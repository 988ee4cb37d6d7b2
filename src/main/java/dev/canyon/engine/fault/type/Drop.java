package dev.canyon.engine.fault.type;

import dev.canyon.engine.fault.datagram.Datagram;
import dev.canyon.engine.fault.datagram.DatagramEffect;
import dev.canyon.engine.fault.datagram.DatagramStage;

/** Drops datagrams. */
public record Drop() implements DatagramEffect {

    @Override
    public DatagramStage datagramStage() {
        return new DatagramStage() {
            @Override
            protected void chosen(Datagram datagram, long number) {
                applied(datagram);
                endpoint().dropByFault(datagram);
            }
        };
    }
}
