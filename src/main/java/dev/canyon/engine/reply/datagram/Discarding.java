package dev.canyon.engine.reply.datagram;

import dev.canyon.engine.fault.datagram.Datagram;
import dev.canyon.engine.peer.DropReason;

/** Answers nothing (RFC 863). */
final class Discarding extends DatagramReply {

    Discarding(AnsweredDatagrams endpoint) {
        super(endpoint);
    }

    @Override
    public void datagram(Datagram datagram) {
        endpoint().drop(datagram, DropReason.DISCARD);
    }
}
