package dev.canyon.engine.fault.datagram;

import dev.canyon.engine.fault.FaultEffect;

/** A fault of datagrams. */
public interface DatagramEffect extends FaultEffect {

    /** A stage for the datagrams of one endpoint. */
    DatagramStage datagramStage();
}
